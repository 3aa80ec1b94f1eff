import { sql } from 'kysely'
import { listTables } from '../../../src/db/import/list-tables.ts'
import type { Db } from '../../../src/db/index.ts'
import { openTestStore, SQLITE } from '../../_support/engines.ts'

/** All that a store holds, by table. */
export async function dumpTables(db: Db): Promise<Record<string, unknown[]>> {
  const model = await openTestStore(SQLITE)
  const tables = await listTables(model.db)
  await model.db.destroy()

  const dump: Record<string, unknown[]> = {}
  for (const table of tables) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(db)
    dump[table] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return dump
}
