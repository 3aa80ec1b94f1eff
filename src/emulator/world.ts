import type { Clock } from './clock.ts'
import type { KeyRing } from './oidc/key-ring.ts'
import type { CompleteSeed } from './seed/seed.ts'
import { createState, type State } from './state/state.ts'
import type { Switches } from './switches.ts'
import type { PostOffice } from './webhooks/post-office.ts'

/** What the handlers of one emulator share; nothing of it is shared between emulators. */
export interface World {
  /** Replaced whole by a reset: read it anew in every request. */
  state: State
  /** Replaced whole by every change. */
  switches: Switches
  /** What a reset leads back to. */
  seed: CompleteSeed
  /** How the switches stand in the beginning, with a seed's own. */
  readonly toFirstSwitches: (seed: CompleteSeed) => Switches
  readonly clock: Clock
  readonly keys: KeyRing
  readonly postOffice: PostOffice
  /** A new unguessable text of 256 random bits, base64url. */
  readonly newSecret: () => string
}

/** What comes with a request besides itself. */
export interface RequestContext {
  /** Address of the peer; absent for a request made within the process. */
  readonly remoteAddress?: string
  /** Whether people decide by themselves, without pages. */
  readonly auto: boolean
}

/** Hono's environment for the routes of the emulator. */
export interface RouteEnv {
  Bindings: RequestContext
}

/** Back to the seed, or to another one, to the first switches and keys, and to the real time. */
export function resetWorld(world: World, seed = world.seed): void {
  world.seed = seed
  world.state = createState(seed)
  world.switches = world.toFirstSwitches(seed)
  world.clock.reset()
  world.keys.reset()
  world.postOffice.clear()
}
