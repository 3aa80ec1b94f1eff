import { type RawBuilder, sql } from 'kysely'
import { listTables } from '../../src/db/import/list-tables.ts'
import type { Schema, Store } from '../../src/db/index.ts'
import { NOON } from './clock.ts'
import { openTestStore, SQLITE } from './engines.ts'

interface Column {
  readonly name: string
  readonly type: string
  readonly isNullable: boolean
  /** The column that its foreign key leads to. */
  readonly references: { readonly table: string; readonly column: string } | undefined
}

/**
 * Fills every table of the schema, whichever there are, with so many made-up rows. Row by row they
 * belong together: the seventh session is of the seventh user. Instants are an hour apart, the
 * first thousand of them over by {@link NOON}; of what may be missing, every other one is.
 */
export async function fillTables(
  store: Store,
  rows: number,
  { except = [] }: { except?: readonly (keyof Schema)[] } = {},
): Promise<void> {
  const model = await openTestStore(SQLITE)
  for (const table of await listTables(model.db)) {
    if (except.includes(table)) continue
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

function toValue(table: string, column: Column): RawBuilder<unknown> {
  const value = toPresentValue(table, column)
  return column.isNullable ? sql`case when n % 2 = 0 then ${value} end` : value
}

/** What refers to a row is named as that row is, in the order of the rows and after any real name. */
function toPresentValue(table: string, column: Column): RawBuilder<unknown> {
  const { table: owner, column: name } = column.references ?? { table, column: column.name }
  if (column.type === 'text')
    return sql`'z' || cast(1000000 + n as text) || ${sql.lit(` ${owner} ${name}`)}`
  return column.type === 'bigint'
    ? sql`cast(${sql.lit(NOON.getTime())} as bigint) + (n - 1000) * cast(3600000 as bigint)`
    : sql`n % 2`
}

async function listColumns({ db }: Store, table: string): Promise<Column[]> {
  const columns = await sql<{ name: string; type: string; optional: number }>`
    select name, lower(type) as type, "notnull" = 0 and pk = 0 as optional
    from pragma_table_info(${table})`.execute(db)
  const keys = await sql<{ from: string; table: string; to: string }>`
    select "from", "table", "to" from pragma_foreign_key_list(${table})`.execute(db)
  return columns.rows.map(({ name, type, optional }) => {
    const key = keys.rows.find(({ from }) => from === name)
    const references = key && { table: key.table, column: key.to }
    return { name, type, isNullable: optional === 1, references }
  })
}
