import type { Store, StoreWatch } from './db/index.ts'
import type { Logger } from './log.ts'
import { createSessionMemory, type SessionMemory } from './sessions/index.ts'

/** What is remembered of the store, and what says whether it still stands. */
export interface WatchedStore {
  readonly memory: SessionMemory
  readonly watch: StoreWatch
}

/** @param tick Milliseconds, by a clock that nobody sets. */
export function watchStore(
  store: Store,
  { tick, log }: { tick: () => number; log: Logger },
): WatchedStore {
  const memory = createSessionMemory(tick)
  const watch = store.watch({
    rememberer: memory,
    tick,
    onHearing: () => log.info('sessions are checked from memory: other instances can be heard'),
    onDeaf: (error) =>
      log.warn({ err: error }, 'sessions are checked in the store: other instances are not heard'),
  })
  return { memory, watch }
}
