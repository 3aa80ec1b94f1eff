import { existsSync } from 'node:fs'
import { type MigrationStatus, migrate, NOTHING_APPLIED, readMigrationStatus } from './migrate.ts'
import { openPatiently, type Store, type StoreAddress, toSqlitePath } from './open.ts'

/**
 * Looks how far a store has come, and changes nothing: a file that is not there is not made.
 *
 * @throws {StoreOpenError}
 */
export async function readStoreStatus(address: StoreAddress): Promise<MigrationStatus> {
  const path = toSqlitePath(address.url)
  if (path !== undefined && !existsSync(path)) return NOTHING_APPLIED
  return await withStore(address, readMigrationStatus)
}

/**
 * Brings a store's schema up to date, beside running servers; see {@link migrate}.
 *
 * @throws {StoreOpenError}
 * @throws {MigrateBackError}
 */
export async function migrateStore(
  address: StoreAddress,
  options: { now: Date; to?: number | undefined },
): Promise<MigrationStatus> {
  return await withStore(address, async (store) => await migrate(store, options))
}

async function withStore<Result>(
  address: StoreAddress,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openPatiently(address)
  try {
    return await work(store)
  } finally {
    await store.db.destroy()
  }
}
