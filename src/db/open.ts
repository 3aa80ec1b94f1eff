import { type Dialect, Kysely } from 'kysely'
import { type Engine, findPending, migrate } from './migrate.ts'
import { StoreOpenError } from './open-error.ts'
import type { Db, Schema } from './schema.ts'
import { createSqliteDialect } from './sqlite/dialect.ts'
import { IN_MEMORY } from './sqlite/open-database.ts'

export interface StoreOptions {
  /** `sqlite:PATH`, `sqlite::memory:` or `postgres://…` */
  readonly url: string
  readonly poolSize: number
  /** How long one statement or transaction may take, waiting for a connection included. */
  readonly timeoutMs: number
  readonly onIdleError: (error: Error) => void
  readonly now: () => Date
}

export interface Store {
  readonly db: Db
  readonly engine: Engine
}

/** Long enough to rebuild a large table, or to wait for an instance that does. */
const MIGRATION_TIMEOUT_MS = 60 * 60_000

/**
 * Opens the store and brings its schema up to date. Close it with `db.destroy()`.
 *
 * @throws {StoreOpenError}
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = await connect(options)
  try {
    const pending = await findPending(store)
    if (pending.length > 0) await migratePatiently(store, options)
    return store
  } catch (error) {
    await store.db.destroy()
    throw new StoreOpenError(error)
  }
}

async function migratePatiently(store: Store, options: StoreOptions): Promise<void> {
  // What is in memory only this connection can see, so there is nobody to wait for.
  if (toSqlitePath(options.url) === IN_MEMORY) {
    await migrate(store, options.now())
    return
  }
  const patient = await connect({ ...options, poolSize: 1, timeoutMs: MIGRATION_TIMEOUT_MS })
  try {
    await migrate(patient, options.now())
  } finally {
    await patient.db.destroy()
  }
}

async function connect(options: StoreOptions): Promise<Store> {
  const path = toSqlitePath(options.url)
  const dialect: Dialect =
    path === undefined
      ? // Loaded only where used: most services never need the driver.
        (await import('./postgres/dialect.ts')).createPostgresDialect(options)
      : createSqliteDialect({ path, timeoutMs: options.timeoutMs })
  const engine = path === undefined ? 'postgres' : 'sqlite'
  return { db: new Kysely<Schema>({ dialect }), engine }
}

function toSqlitePath(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined
}
