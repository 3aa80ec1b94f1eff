import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import type { RotatingSealer } from '../jose/seal.ts'
import type { SealedColumn } from './sealed-columns.ts'

/** How far a walk through one column has come. */
export interface ResealedPage {
  /** The last key looked at; `undefined` when there are no more. */
  readonly after: string | undefined
  readonly resealed: number
  /** Sealed under a secret that is not in the list any more. */
  readonly unreadable: number
}

interface SealedRow {
  readonly key: string
  readonly sealed: string
}

const PAGE_SIZE = 500

/** Puts one page of a column under the secret that seals now. */
export async function resealPage(
  db: Db,
  sealer: RotatingSealer,
  { column, after }: { column: SealedColumn; after: string | undefined },
): Promise<ResealedPage> {
  const rows = await readPage(db, column, after ?? '')
  let resealed = 0
  let unreadable = 0
  for (const row of rows.filter(({ sealed }) => !sealer.isCurrent(sealed))) {
    const text = sealer.open(row.sealed)
    if (text === undefined) unreadable += 1
    else resealed += await replace(db, column, { ...row, by: sealer.seal(text) })
  }
  return {
    after: rows.length < PAGE_SIZE ? undefined : rows.at(-1)?.key,
    resealed,
    unreadable,
  }
}

async function readPage(
  db: Db,
  { table, key, column }: SealedColumn,
  after: string,
): Promise<readonly SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select ${sql.ref(key)} as key, ${sql.ref(column)} as sealed from ${sql.table(table)}
    where ${sql.ref(key)} > ${after} and ${sql.ref(column)} is not null
    order by ${sql.ref(key)} limit ${PAGE_SIZE}`.execute(db)
  return rows
}

/** What was sealed anew by somebody else meanwhile is left as it is. @returns How many: one or none. */
async function replace(
  db: Db,
  { table, key, column }: SealedColumn,
  row: SealedRow & { by: string },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${row.by}
    where ${sql.ref(key)} = ${row.key} and ${sql.ref(column)} = ${row.sealed}`.execute(db)
  return Number(numAffectedRows)
}
