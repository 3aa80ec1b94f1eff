import { sql } from 'kysely'
import { LATEST_MIGRATION, migrate, readMigrationStatus } from '../migrate.ts'
import { openPatiently, type Store, type StoreAddress } from '../open.ts'
import type { Db, Schema } from '../schema.ts'
import { matchWithin, writeSecretFingerprint } from '../secret-fingerprint.ts'
import { isStoreUnavailable } from '../unavailable.ts'
import { copyTable } from './copy-table.ts'
import { ImportError } from './import-error.ts'
import { listTables } from './list-tables.ts'

const UNKNOWN =
  'the connection broke at the last step, and nobody knows whether all was moved: try again, and if it was, the target has users of its own'

export interface ImportOptions {
  /** An SQLite that no server has open. */
  readonly source: StoreAddress
  /** A PostgreSQL without users. */
  readonly target: StoreAddress
  /** Those that the source was written under; the first seals. */
  readonly secrets: readonly [string, ...string[]]
  /** Whether they really do open what it holds. */
  readonly isOpened: (source: Db) => Promise<boolean>
  readonly now: Date
}

/** How many rows came into a table. */
export type ImportCounts = ReadonlyMap<keyof Schema, number>

export interface Imported {
  readonly counts: ImportCounts
  /** Whether the planner knows of what is there now. */
  readonly isAnalyzed: boolean
}

/**
 * Moves all that a store holds into another one: everything, or nothing at all.
 *
 * The source is kept from being opened by anybody else meanwhile, and brought up to date first, as
 * a server does at its start.
 *
 * @throws {ImportError}
 * @throws {StoreOpenError}
 */
export async function importStore(options: ImportOptions): Promise<Imported> {
  const source = await openPatiently({ ...options.source, isAlone: true })
  try {
    await prepareSource(source, options)
    const target = await openPatiently(options.target)
    try {
      return await fillTarget(source.db, target, options)
    } finally {
      await target.db.destroy()
    }
  } finally {
    await source.db.destroy()
  }
}

async function prepareSource(source: Store, options: ImportOptions): Promise<void> {
  const { current } = await readMigrationStatus(source)
  if (current === 0) throw new ImportError('source', 'the source is no store of ours')
  // It may hold tables that this version does not know.
  if (current > LATEST_MIGRATION)
    throw new ImportError('source', 'the source is of a newer version: import it with that one')
  await migrate(source, { now: options.now })
  if (!(await options.isOpened(source.db))) {
    throw new ImportError('secret', 'is not the one that the source was written under')
  }
}

async function fillTarget(
  source: Db,
  target: Store,
  { now, secrets }: ImportOptions,
): Promise<Imported> {
  await migrate(target, { now })
  const counts = await copyAll(source, target.db, secrets)
  return { counts, isAnalyzed: await analyze(target.db, [...counts.keys()]) }
}

async function copyAll(
  source: Db,
  target: Db,
  secrets: ImportOptions['secrets'],
): Promise<ImportCounts> {
  const counts = new Map<keyof Schema, number>()
  let isAllThere = false
  try {
    await target.transaction().execute(async (transaction) => {
      await clearTarget(transaction, secrets)
      for (const table of await listTables(source)) {
        counts.set(table, await copyTable(source, transaction, table))
      }
      await writeSecretFingerprint(transaction, secrets)
      isAllThere = true
    })
    return counts
  } catch (error) {
    // The commit may have happened, and its answer not arrived.
    if (isAllThere && isStoreUnavailable(error)) throw new ImportError('target', UNKNOWN)
    throw error
  }
}

/** Otherwise the first visitors would find the planner knowing nothing of what is there now. */
async function analyze(target: Db, tables: readonly (keyof Schema)[]): Promise<boolean> {
  try {
    for (const table of tables) await sql`analyze ${sql.table(table)}`.execute(target)
    return true
  } catch {
    return false
  }
}

/** Makes room for the source's own keys and facts; of users there are none. */
async function clearTarget(db: Db, secrets: ImportOptions['secrets']): Promise<void> {
  // Nobody signs up before all is there.
  await sql`lock table users in exclusive mode`.execute(db)
  const user = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (user !== undefined) throw new ImportError('target', 'the target has users of its own')
  if (!(await matchWithin(db, secrets)))
    throw new ImportError('secret', 'is not the one that the target was written under')

  await db.deleteFrom('signing_keys').execute()
  await db.deleteFrom('store_facts').execute()
}
