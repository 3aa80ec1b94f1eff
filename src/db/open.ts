import { Kysely } from 'kysely'
import { type Engine, migrate } from './migrate.ts'
import type { Db, Schema } from './schema.ts'
import { createSqliteDialect } from './sqlite.ts'

export interface StoreOptions {
  /** `sqlite:PATH`, `sqlite::memory:` or `postgres://…` */
  readonly url: string
  readonly poolSize: number
  readonly timeoutMs: number
  readonly onIdleError: (error: Error) => void
  readonly now: () => Date
}

export interface Store {
  readonly db: Db
  readonly engine: Engine
}

/** Opens the store and brings its schema up to date. Close it with `db.destroy()`. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const sqlitePath = toSqlitePath(options.url)
  const engine = sqlitePath === undefined ? 'postgres' : 'sqlite'
  const dialect =
    sqlitePath === undefined
      ? // Loaded only where used: most services never need the driver.
        (await import('./postgres.ts')).createPostgresDialect(options)
      : createSqliteDialect({ path: sqlitePath, busyTimeoutMs: options.timeoutMs })

  const db = new Kysely<Schema>({ dialect })
  try {
    await migrate(db, engine, options.now())
  } catch (error) {
    await db.destroy()
    throw error
  }
  return { db, engine }
}

function toSqlitePath(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined
}
