import { sql, type Transaction } from 'kysely'
import { usersAndSessions } from './migrations/001-users-and-sessions.ts'
import { tokens } from './migrations/002-tokens.ts'
import { eventsAndJobs } from './migrations/003-events-and-jobs.ts'
import { consents } from './migrations/004-consents.ts'
import { withdrawal } from './migrations/005-withdrawal.ts'
import { webhooks } from './migrations/006-webhooks.ts'
import { outbox } from './migrations/007-outbox.ts'
import { links } from './migrations/008-links.ts'
import { indexes } from './migrations/009-indexes.ts'
import { rateCounts } from './migrations/012-rate-counts.ts'
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
  webhooks,
  outbox,
  links,
  indexes,
  rateCounts,
]

/** Any fixed number: instances that migrate at the same time queue behind it. */
const LOCK_ID = 4_215_713

/** Which database answers. */
export type Engine = 'sqlite' | 'postgres'

interface Migratable {
  readonly db: Db
  readonly engine: Engine
}

/** How far a store has come. */
export interface MigrationStatus {
  /** The newest step taken, which may be one of a later version; 0: none. */
  readonly current: number
  /** The newest step that this version knows. */
  readonly latest: number
  /** Those that this version knows and that are still to be taken. */
  readonly pending: readonly number[]
}

/** The store is further than it was asked to go, and steps are not taken back. */
export class MigrateBackError extends Error {
  override readonly name = 'MigrateBackError'

  constructor(current: number) {
    super(`migrations go forward only, and the store is at ${current}`)
  }
}

export const LATEST_MIGRATION = toLatest(MIGRATIONS.map(({ version }) => version))

/** Looks, without a lock and without writing. */
export async function readMigrationStatus({ db, engine }: Migratable): Promise<MigrationStatus> {
  return toStatus((await hasTable(db, engine)) ? await listApplied(db) : [])
}

/** As {@link readMigrationStatus}, of a store that this version has opened. */
export async function readAppliedStatus(db: Db): Promise<MigrationStatus> {
  return toStatus(await listApplied(db))
}

/**
 * Brings the schema up to date, in one transaction and under a lock: of several instances starting
 * at once, one migrates and the others find it done. A store newer than this version is left as is.
 *
 * @param to The last step to take.
 * @returns How far the store has come with it.
 * @throws {MigrateBackError}
 */
export async function migrate(
  { db, engine }: Migratable,
  { now, to = LATEST_MIGRATION }: { now: Date; to?: number | undefined },
): Promise<MigrationStatus> {
  return await db.transaction().execute(async (transaction) => {
    if (engine === 'postgres')
      await sql`select pg_advisory_xact_lock(${LOCK_ID})`.execute(transaction)

    await createMigrationsTable(transaction)
    const { current, pending } = toStatus(await listApplied(transaction))
    if (to < Math.min(current, LATEST_MIGRATION)) throw new MigrateBackError(current)
    for (const migration of MIGRATIONS) {
      const { version } = migration
      if (version > to || !pending.includes(version)) continue
      await migration.up(transaction)
      const applied_at = now.getTime()
      await transaction.insertInto('migrations').values({ version, applied_at }).execute()
    }
    return toStatus(await listApplied(transaction))
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

async function listApplied(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('migrations').select('version').execute()
  return rows.map(({ version }) => version)
}

/** Of a store that is not there yet. */
export const NOTHING_APPLIED: MigrationStatus = toStatus([])

function toStatus(applied: readonly number[]): MigrationStatus {
  const pending = MIGRATIONS.map(({ version }) => version).filter(
    (version) => !applied.includes(version),
  )
  return { current: toLatest(applied), latest: LATEST_MIGRATION, pending }
}

function toLatest(versions: readonly number[]): number {
  return Math.max(0, ...versions)
}
