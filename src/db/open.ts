import { Kysely } from 'kysely'
import { type Engine, migrate, readMigrationStatus } from './migrate.ts'
import { observeDialect, type StoreObserver } from './observed-dialect.ts'
import { StoreOpenError } from './open-error.ts'
import type { Db, Schema } from './schema.ts'
import { createSqliteDialect, type SqliteOptions } from './sqlite/dialect.ts'
import { IN_MEMORY } from './sqlite/open-database.ts'
import { watchVersion } from './sqlite/version-watch.ts'
import type { StoreWatch, WatchOptions } from './store-watch.ts'

export interface StoreAddress {
  /** `sqlite:PATH`, `sqlite::memory:` or `postgres://…` */
  readonly url: string
  /** Where PostgreSQL can be listened to, if the URL is a pooler's. Default: the URL itself. */
  readonly listenUrl?: string
  /** What names it, for errors. Default: `DATABASE_URL`. */
  readonly setting?: string
}

export interface StoreOptions extends StoreAddress {
  readonly poolSize: number
  /** How long one statement or transaction may take, waiting for a connection included. */
  readonly timeoutMs: number
  readonly onIdleError: (error: Error) => void
  readonly now: () => Date
  readonly observer?: StoreObserver
  readonly onMigration?: OnMigration
}

/**
 * Told of steps that the schema lacks before they are taken, or before another instance that is at
 * them is waited for; and that the schema is up to date then.
 */
export type OnMigration = (state: 'begins' | 'ends', steps: readonly number[]) => void

export interface Store {
  readonly db: Db
  readonly engine: Engine
  /** Begins to watch what others do to it. Close the watch before the store. */
  watch(options: WatchOptions): StoreWatch
}

/** Long enough to rebuild a large table, or to wait for an instance that does. */
const PATIENT_MS = 60 * 60_000
/** Who does not even answer the call is not worth the same patience. */
const CONNECT_MS = 10_000

/**
 * Opens the store and brings its schema up to date. Close it with `db.destroy()`.
 *
 * @throws {StoreOpenError}
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = await connect(options)
  return await orClose(store, options, async () => {
    const { pending } = await readMigrationStatus(store)
    if (pending.length > 0) {
      options.onMigration?.('begins', pending)
      await migratePatiently(store, options)
      options.onMigration?.('ends', pending)
    }
    return store
  })
}

/**
 * Opens a store for one long piece of work, its schema left as it is.
 *
 * @throws {StoreOpenError}
 */
export async function openPatiently(
  address: StoreAddress & { readonly isAlone?: boolean },
): Promise<Store> {
  const store = await connect({
    ...address,
    poolSize: 1,
    timeoutMs: PATIENT_MS,
    connectTimeoutMs: CONNECT_MS,
    onIdleError: () => {},
  })
  return await orClose(store, address, async () => {
    await readMigrationStatus(store)
    return store
  })
}

async function migratePatiently(store: Store, options: StoreOptions): Promise<void> {
  const now = options.now()
  // What is in memory only this connection can see, so there is nobody to wait for.
  if (toSqlitePath(options.url) === IN_MEMORY) {
    await migrate(store, { now })
    return
  }
  const patient = await openPatiently(options)
  try {
    await migrate(patient, { now })
  } finally {
    await patient.db.destroy()
  }
}

interface ConnectOptions extends Omit<StoreOptions, 'now'> {
  readonly connectTimeoutMs?: number
  readonly isAlone?: boolean
}

async function connect(options: ConnectOptions): Promise<Store> {
  const path = toSqlitePath(options.url)
  if (path !== undefined) return connectSqlite({ ...options, path })
  // Loaded only where used: most services never need the driver.
  const { connectPostgres } = await import('./postgres/connect.ts')
  return connectPostgres(options)
}

function connectSqlite(options: SqliteOptions & Pick<StoreOptions, 'observer'>): Store {
  const dialect = createSqliteDialect(options)
  return {
    db: new Kysely<Schema>({ dialect: observeDialect(dialect, options.observer) }),
    engine: 'sqlite',
    watch: ({ rememberer }) => watchVersion(dialect.readVersion, rememberer),
  }
}

async function orClose<Result>(
  { db }: Store,
  { setting }: StoreAddress,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    await db.destroy()
    throw error instanceof StoreOpenError ? error : new StoreOpenError(error, setting)
  }
}

/** @returns `undefined`: it is a PostgreSQL. */
export function toSqlitePath(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined
}
