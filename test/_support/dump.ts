import { sql } from 'kysely'
import { listTables } from '../../src/db/import/list-tables.ts'
import type { Db } from '../../src/db/index.ts'
import { openTestStore, SQLITE } from './engines.ts'

/** All that a store holds, by table: a row is its JSON. */
export async function dumpTables(db: Db): Promise<Record<string, string[]>> {
  const model = await openTestStore(SQLITE)
  const tables = await listTables(model.db)
  await model.db.destroy()

  const dump: Record<string, string[]> = {}
  for (const table of tables) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(db)
    dump[table] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return dump
}
