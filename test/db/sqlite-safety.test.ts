import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openStoreAt } from '../_support/engines.ts'
import { createSqliteFile } from '../_support/sqlite-file.ts'
import { insertFact, listFacts } from './_support/facts.ts'

test('two processes that read and then write wait for each other', async (context) => {
  const { url } = await createSqliteFile(context)
  const [one, other] = await Promise.all([openStoreAt(url), openStoreAt(url)])
  const { promise: hasRead, resolve: read } = Promise.withResolvers<void>()

  const first = one.db.transaction().execute(async (transaction) => {
    await listFacts(transaction)
    read()
    // Long enough for the other to write, if only it could.
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate)
    await insertFact(transaction, 'first')
  })
  await hasRead
  const second = other.db.transaction().execute(async (transaction) => {
    expect(await listFacts(transaction)).toEqual(['first'])
    await insertFact(transaction, 'second')
  })

  await Promise.all([first, second])
  expect(await listFacts(one.db)).toEqual(['first', 'second'])
  await Promise.all([one.db.destroy(), other.db.destroy()])
})

test('what was removed is gone from the file itself', async (context) => {
  const { url, path } = await createSqliteFile(context)
  const store = await openStoreAt(url)
  await insertFact(store.db, 'a nickname to forget')
  await store.db.deleteFrom('store_facts').execute()
  await store.db.destroy()

  expect(await readFile(path, 'latin1')).not.toContain('a nickname to forget')
})

test('a commit that was answered is on the disk', async (context) => {
  const { url } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)

  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db)

  const FULL = 2
  expect(rows).toEqual([{ synchronous: FULL }])
  await db.destroy()
})

test('a transaction that SQLite itself has rolled back says why', async (context) => {
  const { url } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(db)

  const writing = db.transaction().execute(async (transaction) => {
    await insertFact(transaction, 'x'.repeat(1_000_000))
  })

  const SQLITE_FULL = 13
  await expect(writing).rejects.toMatchObject({ errcode: SQLITE_FULL })
  expect(await listFacts(db)).toEqual([])
  await db.destroy()
})
