import { readdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { ENGINES, openTestStore, SQLITE } from '../_support/engines.ts'

const SESSION = {
  hash: 'h',
  id: 's',
  kind: 'cookie',
  device: 'unknown',
  created_at: 0,
  last_seen_at: 0,
  expires_at: 1,
}

describe.each(ENGINES)('the schema on $name', (engine) => {
  test('a session is of a user, and goes with them', async () => {
    const { db } = await openTestStore(engine)
    const insertSession = async () =>
      await db
        .insertInto('sessions')
        .values({ ...SESSION, user_id: 'u' })
        .execute()

    await expect(insertSession()).rejects.toThrow(/foreign key/i)
    await db.insertInto('users').values({ id: 'u', created_at: 0, email_verified: 0 }).execute()
    await insertSession()
    await db.deleteFrom('users').execute()

    expect(await db.selectFrom('sessions').selectAll().execute()).toEqual([])
    await db.destroy()
  })
})

const SRC = resolve(import.meta.dirname, '../../src')

describe('the indexes', () => {
  test('carry every foreign key: what it leads to is never removed by looking at every row', async () => {
    const { db } = await openTestStore(SQLITE)
    const { rows } = await sql<{ place: string }>`
      select tables.name || '.' || keys."from" as place
      from sqlite_master as tables, pragma_foreign_key_list(tables.name) as keys
      where tables.type = 'table' and not exists (
        select 1 from pragma_index_list(tables.name) as indexes, pragma_index_info(indexes.name) as columns
        where columns.seqno = 0 and columns.name = keys."from"
      )`.execute(db)

    expect(rows).toEqual([])
    await db.destroy()
  })

  test('are named by the queries that they carry, and by their right names', async () => {
    const { db } = await openTestStore(SQLITE)
    const { rows } = await sql<{ name: string }>`
      select name from sqlite_master where type = 'index' and sql is not null`.execute(db)

    expect(await findNamedIndexes()).toEqual(new Set(rows.map(({ name }) => name).sort()))
    await db.destroy()
  })
})

/** Names of indexes in comments, as in `sessions_by_user`. */
async function findNamedIndexes(): Promise<Set<string>> {
  const files = await readdir(SRC, { recursive: true })
  const texts = await Promise.all(
    files
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFile(resolve(SRC, name), 'utf8')),
  )
  const named = texts.flatMap((text) => text.match(/(?<=`)[a-z_]+_by_[a-z_]+(?=`)/g) ?? [])
  return new Set(named.sort())
}
