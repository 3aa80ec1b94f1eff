import type { Db } from './schema.ts'

/** Knows what others do to the store, so that what was read once can be used again. */
export interface StoreWatch {
  /**
   * Whether it knows of all that others have done, but for the last moment. Otherwise the store has
   * to be asked.
   */
  isCurrent(): boolean
  /**
   * Tells all instances, once the transaction is committed, that what was read of these users stands
   * no more. On PostgreSQL commits that tell something wait for each other: for revocations only.
   */
  announce(db: Db, userIds: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** Whoever remembers what was read. */
export interface Rememberer {
  forget(userIds: readonly string[]): void
  forgetAll(): void
}

export interface WatchOptions {
  readonly rememberer: Rememberer
  /** Milliseconds, by a clock that nobody sets. */
  readonly tick: () => number
  /** Told once when others can be heard. */
  readonly onHearing: () => void
  /** Told once when they cannot be heard any more. */
  readonly onDeaf: (cause: unknown) => void
}
