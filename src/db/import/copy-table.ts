import { sql } from 'kysely'
import type { Db, Schema } from '../schema.ts'

/** Small enough to hold in memory, however long the rows. */
const BATCH = 500

/**
 * Copies a table's rows from SQLite to PostgreSQL, in batches.
 *
 * @param target In a transaction.
 * @returns How many.
 */
export async function copyTable(source: Db, target: Db, table: keyof Schema): Promise<number> {
  let copied = 0
  let batch: unknown[] = []
  for await (const row of source.selectFrom(table).selectAll().stream(BATCH)) {
    if (batch.push(row) < BATCH) continue
    copied += await insertRows(target, table, batch)
    batch = []
  }
  return copied + (await insertRows(target, table, batch))
}

/** One parameter for all of them: PostgreSQL takes each column's value to the column's own type. */
async function insertRows(
  target: Db,
  table: keyof Schema,
  rows: readonly unknown[],
): Promise<number> {
  if (rows.length === 0) return 0
  const { numAffectedRows = 0n } = await sql`
    insert into ${sql.table(table)}
    select * from json_populate_recordset(null::${sql.table(table)}, ${toJson(rows)}::json)
  `.execute(target)
  return Number(numAffectedRows)
}

/** PostgreSQL's text holds any character but U+0000. */
function toJson(rows: readonly unknown[]): string {
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '') : value,
  )
}
