import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { type Db, isStoreUnavailable } from '../../src/db/index.ts'
import { openStoreAt } from '../_support/engines.ts'
import { createSqliteFile } from '../_support/sqlite-file.ts'
import { insertFact, listFacts } from './_support/facts.ts'

async function insertWithin(db: Db, name: string): Promise<void> {
  await db.transaction().execute(async (transaction) => await insertFact(transaction, name))
}

/** Reads as another process would: what is committed, and nothing else. */
function createReader(path: string): () => unknown[] {
  const statement = new DatabaseSync(path).prepare('select name from store_facts order by name')
  return () => statement.all().map(({ name }) => name)
}

test('what is written at once is committed together, and told no sooner', async (context) => {
  const { url, path } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const readCommitted = createReader(path)
  const seen: unknown[][] = []
  const note = async (work: Promise<unknown>) => {
    await work
    seen.push(readCommitted())
  }

  const works = [insertWithin(db, 'a'), insertFact(db, 'b'), insertWithin(db, 'c')]
  const noted = Promise.all(works.map(note))
  await Promise.resolve()
  expect(readCommitted()).toEqual([])
  await noted

  expect(seen).toEqual(works.map(() => ['a', 'b', 'c']))
  await db.destroy()
})

test('who reads what is written just now hears of it once it is committed', async (context) => {
  const { url, path } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const readCommitted = createReader(path)

  const write = insertFact(db, 'written')
  const read = listFacts(db).then((facts) => ({ facts, committed: readCommitted() }))

  expect(await read).toEqual({ facts: ['written'], committed: ['written'] })
  await write
  await db.destroy()
})

test('who is refused for what is written just now hears of it once it is committed', async (context) => {
  const { url, path } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const readCommitted = createReader(path)

  const write = insertFact(db, 'taken')
  const refused = db.transaction().execute(async (transaction) => {
    throw new Error(`there is ${await listFacts(transaction)}`)
  })
  const seen = refused.catch((error: Error) => [error.message, readCommitted()])

  expect(await seen).toEqual(['there is taken', ['taken']])
  await write
  await db.destroy()
})

test('one that fails takes none of the others along', async (context) => {
  const { url } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const failing = db.transaction().execute(async (transaction) => {
    await insertFact(transaction, 'half')
    throw new Error('changed our mind')
  })

  const [before, failed, twice, after] = await Promise.allSettled([
    insertWithin(db, 'before'),
    failing,
    insertFact(db, 'before'),
    insertWithin(db, 'after'),
  ])

  expect(before.status).toBe('fulfilled')
  expect(failed).toMatchObject({ reason: { message: 'changed our mind' } })
  expect(twice.status).toBe('rejected')
  expect(after.status).toBe('fulfilled')
  expect(await listFacts(db)).toEqual(['after', 'before'])
  await db.destroy()
})

test('a full disk is told to all whose writes it cost', async (context) => {
  const { url } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(db)
  const names = ['one', 'x'.repeat(1_000_000), 'two']

  const outcomes = await Promise.allSettled(names.map(async (name) => await insertWithin(db, name)))

  const kept = names.filter((_, index) => outcomes[index]?.status === 'fulfilled')
  expect(outcomes[1]?.status).toBe('rejected')
  expect(await listFacts(db)).toEqual(kept.toSorted())
  await insertFact(db, 'afterwards')
  await db.destroy()
})

test('who reads what could not be committed after all reads again', async (context) => {
  const { url, path } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const other = new DatabaseSync(path)
  const { exec } = DatabaseSync.prototype
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, text) {
    if (text === 'commit') throw Object.assign(new Error('disk I/O error'), { errcode: 10 })
    Reflect.apply(exec, this, [text])
  })

  const [write, read] = await Promise.allSettled([insertFact(db, 'lost'), listFacts(db)])
  vi.restoreAllMocks()

  expect(write).toMatchObject({ reason: { message: 'disk I/O error' } })
  expect(read).toEqual({ status: 'fulfilled', value: [] })
  expect(other.prepare('select * from store_facts').all()).toEqual([])
  await insertFact(db, 'afterwards')
  expect(await listFacts(db)).toEqual(['afterwards'])
  await db.destroy()
})

test('what cannot be part of a transaction is not', async (context) => {
  const { url } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)

  const write = insertFact(db, 'written')
  await sql`vacuum`.execute(db)

  await write
  expect(await listFacts(db)).toEqual(['written'])
  await db.destroy()
})

test('what SQLite has rolled back by itself is not gone on with', async (context) => {
  const { url } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(db)
  const goingOn: unknown[] = []

  const outcome = db.transaction().execute(async (transaction) => {
    await insertFact(transaction, 'before')
    await insertFact(transaction, 'x'.repeat(1_000_000)).catch((error: unknown) => {
      goingOn.push(error)
    })
    await insertFact(transaction, 'after').catch((error: unknown) => goingOn.push(error))
  })

  await expect(outcome).rejects.toThrow('database or disk is full')
  expect(goingOn).toEqual([1, 2].map(() => expect.toSatisfy(isStoreUnavailable)))
  expect(await listFacts(db)).toEqual([])
  await insertFact(db, 'afterwards')
  await db.destroy()
})

test('a store that is closed in the midst of a transaction keeps no half of it', async (context) => {
  const { url, path } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const { promise: isHalf, resolve: toldHalf } = Promise.withResolvers<void>()
  const { promise: isClosed, resolve: toldClosed } = Promise.withResolvers<void>()
  const before = insertFact(db, 'before')
  const interrupted = db.transaction().execute(async (transaction) => {
    await insertFact(transaction, 'half')
    toldHalf()
    await isClosed
    await insertFact(transaction, 'other half')
  })
  const outcomes = Promise.allSettled([before, interrupted])
  await isHalf

  await db.destroy()
  toldClosed()

  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(createReader(path)()).toEqual([])
})

test('a store that is closed has committed what was written', async (context) => {
  const { url, path } = await createSqliteFile(context)
  const { db } = await openStoreAt(url)
  const write = insertFact(db, 'last')
  await Promise.resolve()

  await write
  await db.destroy()

  expect(createReader(path)()).toEqual(['last'])
})

test('a store that is closed at any moment keeps what was answered, and nothing else', async (context) => {
  for (let steps = 0; steps < 40; steps += 1) {
    const { url, path } = await createSqliteFile(context)
    const { db } = await openStoreAt(url)
    const names = ['a', 'b', 'c']
    const works = names.map((name) =>
      name === 'b' ? insertWithin(db, name) : insertFact(db, name),
    )
    const outcomes = Promise.allSettled(works)
    for (let step = 0; step < steps; step += 1) await Promise.resolve()

    await db.destroy()

    const answers = (await outcomes).map(({ status }) => status)
    const kept = names.filter((_, index) => answers[index] === 'fulfilled')
    expect([steps, createReader(path)()]).toEqual([steps, kept])
  }
})
