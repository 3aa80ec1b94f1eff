import type { CompleteSeed } from '../seed/seed.ts'
import { resetWorld } from '../world.ts'
import type { Controls } from './controls.ts'

/** Back to the seed, or to another one, with no faults, no journal, and the real time. */
export function startOver({ world, journal, faults }: Controls, seed?: CompleteSeed): void {
  resetWorld(world, seed)
  faults.clear()
  journal.clear()
}
