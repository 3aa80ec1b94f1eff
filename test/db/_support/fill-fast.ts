import { sql } from 'kysely'
import type { Schema } from '../../../src/db/index.ts'
import { openStoreAt } from '../../_support/engines.ts'
import { fillTables } from '../../_support/fill-tables.ts'

/** Leaves out what costs time and has no say in how a statement is carried. */
const LIGHTEN = {
  sqlite: 'pragma synchronous = off',
  postgres: `do $$
    declare one record;
    begin
      for one in select conrelid::regclass as place, conname as name from pg_constraint
        where contype = 'f' and connamespace = current_schema()::regnamespace
      loop execute format('alter table %s drop constraint %I', one.place, one.name); end loop;
      for one in select tablename as name from pg_tables where schemaname = current_schema()
      loop execute format('alter table %I set unlogged', one.name); end loop;
    end $$`,
}

/** Fills a store with many rows. */
export async function fillFast(
  url: string,
  { rows, except }: { rows: number; except: readonly (keyof Schema)[] },
): Promise<void> {
  const store = await openStoreAt(url, { timeoutMs: 120_000 })
  await sql.raw(LIGHTEN[store.engine]).execute(store.db)
  await fillTables(store, rows, { except })
  await store.db.destroy()
}
