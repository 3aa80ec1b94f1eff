import type { World } from '../world.ts'
import type { Faults } from './faults.ts'
import type { Journal } from './journal.ts'

/** What the control surface acts upon. */
export interface Controls {
  readonly world: World
  readonly journal: Journal
  readonly faults: Faults
}
