import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { openStore } from '../../src/db/index.ts'
import { hashText, listFillStatements, type StoreSize } from './fill-store.ts'

/** Nothing has to survive a power cut while it is being filled. */
const FAST_SQLITE = `
  pragma journal_mode = off;
  pragma synchronous = off;
  pragma cache_size = -2000000;
  pragma threads = 2;
`
/** The role keeps foreign keys from being looked up row by row. */
const FAST_POSTGRES = [
  'set synchronous_commit = off',
  'set session_replication_role = replica',
  "set work_mem = '1GB'",
] as const

/**
 * Makes the schema in an empty database and fills it.
 *
 * @param url `sqlite:PATH` or `postgres://…`, as in `DATABASE_URL`. Nobody else may have it open.
 */
export async function fillStoreAt(url: string, size: StoreSize): Promise<void> {
  const store = await openStore({
    url,
    poolSize: 1,
    timeoutMs: 60_000,
    onIdleError: () => {},
    now: () => new Date(),
  })
  await store.db.destroy()
  if (store.engine === 'sqlite') fillSqlite(url.slice('sqlite:'.length), size)
  else await fillPostgres(url, size)
}

function fillSqlite(path: string, size: StoreSize): void {
  const database = new DatabaseSync(path)
  database.exec(FAST_SQLITE)
  database.function('bench_hash', { deterministic: true }, (text) => hashText(String(text)))
  const statements = listFillStatements(size, {
    numbers: (count) => `(with recursive numbers (n) as
      (select 1 union all select n + 1 from numbers where n < ${count}) select n from numbers)`,
    hash: (text) => `bench_hash(${text})`,
  })
  for (const statement of statements) database.exec(statement)
  database.exec('pragma journal_mode = wal')
  database.close()
}

async function fillPostgres(url: string, size: StoreSize): Promise<void> {
  const statements = listFillStatements(size, {
    numbers: (count) => `generate_series(1, ${count}) as numbers (n)`,
    hash: (text) =>
      `translate(rtrim(encode(sha256(convert_to(${text}, 'UTF8')), 'base64'), '='), '+/', '-_')`,
  })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of [...FAST_POSTGRES, ...statements]) await client.query(statement)
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  await client.end()
}
