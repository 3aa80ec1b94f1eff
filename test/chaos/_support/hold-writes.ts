import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

const LOCK_NOT_AVAILABLE = '55P03'

/** Lets the store be read and not written, until told otherwise: whoever writes waits. */
export async function holdWrites(databaseUrl: string): Promise<() => Promise<void>> {
  return databaseUrl.startsWith('sqlite:')
    ? holdSqlite(databaseUrl.slice('sqlite:'.length))
    : await holdPostgres(databaseUrl)
}

function holdSqlite(path: string): () => Promise<void> {
  const database = new DatabaseSync(path, { timeout: 10_000 })
  database.exec('begin immediate')
  return async () => database.close()
}

async function holdPostgres(connectionString: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query<{ tables: string }>(
    `select string_agg(quote_ident(tablename), ', ') as tables from pg_tables
      where schemaname = current_schema()`,
  )
  const lock = `begin; lock table ${rows[0]?.tables} in share mode nowait`
  while (!(await isDone(client, lock))) await client.query('rollback')
  return async () => await client.end()
}

/** To wait for one table while holding another would be a deadlock with whoever does the same. */
async function isDone(client: pg.Client, lock: string): Promise<boolean> {
  try {
    await client.query(lock)
    return true
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE) return false
    throw error
  }
}
