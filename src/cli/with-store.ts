import { type Config, loadConfig } from '../config/index.ts'
import { openSealedStore, type SealedStore } from '../open-sealed-store.ts'
import { requireDatabase } from './require-database.ts'

/** What a command works with. */
export interface CommandStore extends SealedStore {
  readonly config: Config
  readonly now: () => Date
}

/**
 * Opens the store that the settings name, beside a running server or without one.
 *
 * @throws {CommandFailedError} There is none.
 */
export async function withStore<T>(work: (store: CommandStore) => Promise<T>): Promise<T> {
  const config = await loadConfig('.env', process.env)
  requireDatabase(config.store)
  const now = () => new Date()
  const store = await openSealedStore(config, { now, onIdleError: () => {} })
  try {
    return await work({ ...store, config, now })
  } finally {
    await store.db.destroy()
  }
}
