import { sql } from 'kysely'
import type { Db, Schema } from '../schema.ts'

/** The tables of an SQLite store, those first that others refer to. All but `migrations`. */
export async function listTables(db: Db): Promise<(keyof Schema)[]> {
  const { rows } = await sql<{ name: keyof Schema }>`
    select name from sqlite_master
    where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name <> 'migrations'
    order by name`.execute(db)
  const references = new Map<keyof Schema, ReadonlySet<string>>()
  for (const { name } of rows) references.set(name, await listReferences(db, name))
  return sortByReference(references)
}

/** The other tables that a table's foreign keys lead to. */
async function listReferences(db: Db, table: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ table: string }>`
    select "table" from pragma_foreign_key_list(${table})`.execute(db)
  return new Set(rows.map((row) => row.table).filter((name) => name !== table))
}

function sortByReference(
  references: ReadonlyMap<keyof Schema, ReadonlySet<string>>,
): (keyof Schema)[] {
  const sorted: (keyof Schema)[] = []
  const left = new Map(references)
  while (left.size > 0) {
    const free = [...left].filter(([, needed]) =>
      [...needed].every((table) => sorted.some((done) => done === table)),
    )
    if (free.length === 0) throw new Error('tables refer to each other in a circle')
    for (const [name] of free) {
      sorted.push(name)
      left.delete(name)
    }
  }
  return sorted
}
