import { sql, type Transaction } from 'kysely'
import { usersAndSessions } from './migrations/001-users-and-sessions.ts'
import { tokens } from './migrations/002-tokens.ts'
import { eventsAndJobs } from './migrations/003-events-and-jobs.ts'
import { consents } from './migrations/004-consents.ts'
import { withdrawal } from './migrations/005-withdrawal.ts'
import { outbox } from './migrations/007-outbox.ts'
import { links } from './migrations/008-links.ts'
import type { Db, Schema } from './schema.ts'

/** One numbered step of the schema. A released one never changes. */
export interface Migration {
  readonly version: number
  up(db: Transaction<Schema>): Promise<void>
}

const MIGRATIONS: readonly Migration[] = [
  usersAndSessions,
  tokens,
  eventsAndJobs,
  consents,
  withdrawal,
  outbox,
  links,
]

/** Any fixed number: instances that migrate at the same time queue behind it. */
const LOCK_ID = 4_215_713

/** Which database answers. */
export type Engine = 'sqlite' | 'postgres'

interface Migratable {
  readonly db: Db
  readonly engine: Engine
}

/** Looks, without a lock and without writing, which migrations a store lacks. */
export async function findPending({ db, engine }: Migratable): Promise<readonly Migration[]> {
  return (await hasTable(db, engine)) ? await listPending(db) : MIGRATIONS
}

/**
 * Brings the schema up to date, in one transaction and under a lock: of several instances starting
 * at once, one migrates and the others find it done. A store newer than this version is left as is.
 *
 * @returns How many migrations were applied.
 */
export async function migrate({ db, engine }: Migratable, now: Date): Promise<number> {
  return await db.transaction().execute(async (transaction) => {
    if (engine === 'postgres')
      await sql`select pg_advisory_xact_lock(${LOCK_ID})`.execute(transaction)

    await createMigrationsTable(transaction)
    const pending = await listPending(transaction)
    for (const migration of pending) {
      await migration.up(transaction)
      await transaction
        .insertInto('migrations')
        .values({ version: migration.version, applied_at: now.getTime() })
        .execute()
    }
    return pending.length
  })
}

async function hasTable(db: Db, engine: Engine): Promise<boolean> {
  const look =
    engine === 'postgres'
      ? sql<{ found: unknown }>`select to_regclass('migrations') as found`
      : sql<{ found: unknown }>`select max(name) as found from sqlite_master
          where type = 'table' and name = 'migrations'`
  const { rows } = await look.execute(db)
  return rows[0]?.found !== null
}

async function createMigrationsTable(db: Db): Promise<void> {
  await db.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('version', 'integer', (column) => column.primaryKey())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .execute()
}

async function listPending(db: Db): Promise<Migration[]> {
  const { newest } = await db
    .selectFrom('migrations')
    .select(({ fn }) => fn.max('version').as('newest'))
    .executeTakeFirstOrThrow()
  return MIGRATIONS.filter(({ version }) => version > (newest ?? 0))
}
