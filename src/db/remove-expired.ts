import { sql } from 'kysely'
import type { Db, Schema } from './schema.ts'

/** A table whose rows are over at some instant. */
export interface ExpiringTable {
  readonly table: keyof Schema
  /** Its primary key. */
  readonly key: string | readonly string[]
  /** When a row is over; an index carries it. */
  readonly column: string
}

/** Removes a bounded number of rows that were over by then. @returns How many. */
export async function removeExpired(
  db: Db,
  { table, key, column }: ExpiringTable,
  { before, most }: { before: Date; most: number },
): Promise<number> {
  const columns = sql.join([key].flat().map((name) => sql.ref(name)))
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)} where (${columns}) in (
      select ${columns} from ${sql.table(table)}
      where ${sql.ref(column)} <= ${before.getTime()} limit ${most}
    )`.execute(db)
  return Number(numAffectedRows)
}
