import { sql } from 'kysely'
import { listTables } from '../../src/db/import/list-tables.ts'
import type { Schema, Store } from '../../src/db/index.ts'
import { openTestStore, SQLITE } from './engines.ts'

interface Column {
  readonly name: string
  readonly type: string
  /** The column that its foreign key leads to. */
  readonly references: { readonly table: string; readonly column: string } | undefined
}

/**
 * Fills every table of the schema, whichever there are, with so many made-up rows. Row by row they
 * belong together: the seventh session is of the seventh user.
 */
export async function fillTables(store: Store, rows: number): Promise<void> {
  const model = await openTestStore(SQLITE)
  for (const table of await listTables(model.db)) {
    await fillTable(store, { table, columns: await listColumns(model, table), rows })
  }
  await model.db.destroy()
}

async function fillTable(
  { db, engine }: Store,
  { table, columns, rows }: { table: keyof Schema; columns: readonly Column[]; rows: number },
): Promise<void> {
  const names = columns.map(({ name }) => sql.ref(name))
  const values = columns.map((column) => toValue(table, column))
  const numbers =
    engine === 'postgres'
      ? sql`select generate_series(1, ${rows}::int) as n`
      : sql`with recursive numbers (n) as
          (select 1 union all select n + 1 from numbers where n < ${rows})
          select n from numbers`
  await sql`insert into ${sql.table(table)} (${sql.join(names)})
    select ${sql.join(values)} from (${numbers}) as numbered`.execute(db)
}

/** What refers to a row is named as that row is. */
function toValue(table: string, column: Column) {
  const { table: owner, column: name } = column.references ?? { table, column: column.name }
  return column.type === 'text' ? sql`${sql.lit(`${owner} ${name} `)} || n` : sql`n % 2`
}

async function listColumns({ db }: Store, table: string): Promise<Column[]> {
  const columns = await sql<{ name: string; type: string }>`
    select name, lower(type) as type from pragma_table_info(${table})`.execute(db)
  const keys = await sql<{ from: string; table: string; to: string }>`
    select "from", "table", "to" from pragma_foreign_key_list(${table})`.execute(db)
  return columns.rows.map(({ name, type }) => {
    const key = keys.rows.find(({ from }) => from === name)
    return { name, type, references: key && { table: key.table, column: key.to } }
  })
}
