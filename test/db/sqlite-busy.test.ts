import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { type Db, isStoreUnavailable } from '../../src/db/index.ts'
import { openStoreAt } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { createSqliteFile } from '../_support/sqlite-file.ts'
import { createWorld, HANEUL } from '../_support/world.ts'
import { insertFact, listFacts } from './_support/facts.ts'

const TIMEOUT_MS = 500
const TEN = Array.from({ length: 10 }, (_, index) => `fact ${index}`)

describe('an SQLite file that another process is writing to', () => {
  test('ten that wait for it give up together, each after its own deadline', async (context) => {
    const { url, lock } = await createSqliteFile(context)
    const { db } = await openStoreAt(url, { timeoutMs: TIMEOUT_MS })
    const unlock = lock()
    const asked = performance.now()

    const attempts = await Promise.allSettled(TEN.map(async (name) => await insertWithin(db, name)))

    expect(performance.now() - asked).toBeLessThan(3 * TIMEOUT_MS)
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ reason: expect.toSatisfy(isStoreUnavailable) })
    }
    unlock()
    await insertFact(db, 'afterwards')
    expect(await listFacts(db)).toEqual(['afterwards'])
    await db.destroy()
  })

  test('who waits for it writes as soon as it is free', async (context) => {
    const { url, lock } = await createSqliteFile(context)
    const { db } = await openStoreAt(url)
    const unlock = lock()

    const writes = Promise.all(
      TEN.map(async (name, index) => {
        await (index % 2 === 0 ? insertWithin(db, name) : insertFact(db, name))
      }),
    )
    // What only reads has no lock to wait for, nor has it to wait for those who do.
    for (let turn = 0; turn < 20; turn += 1) expect(await listFacts(db)).toEqual([])
    unlock()

    await writes
    expect(await listFacts(db)).toEqual(TEN)
    await db.destroy()
  })

  test('what cannot be part of a transaction waits for it beside others who write', async (context) => {
    const { url, lock } = await createSqliteFile(context)
    const { db } = await openStoreAt(url)
    const unlock = lock()

    const works = TEN.flatMap((name) => [insertFact(db, name), sql`vacuum`.execute(db)])
    await listFacts(db)
    unlock()

    await Promise.all(works)
    expect(await listFacts(db)).toEqual(TEN)
    await db.destroy()
  })

  test('a server answers what needs no lock at once, and 503 for the rest', async (context) => {
    const { url, lock } = await createSqliteFile(context)
    const world = await createWorld({ environment: { DATABASE_URL: url, STORE_TIMEOUT: '2s' } })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const unlock = lock()

    const order: string[] = []
    const note = async (name: string, answer: Promise<Response>) => {
      const response = await answer
      order.push(`${name} ${response.status}`)
      return response
    }
    const logins = TEN.map(async () => await note('login', login(world, world.browser(), HANEUL)))
    await note('healthz', browser.get('/healthz'))
    await note('readyz', browser.get('/readyz'))
    await note('session', browser.get('/session/'))
    const problems = await Promise.all(logins)

    expect(order).toEqual([
      'healthz 200',
      'readyz 200',
      'session 200',
      ...TEN.map(() => 'login 503'),
    ])
    expect(await Promise.all(problems.map(readJson))).toEqual(
      TEN.map(() => expect.objectContaining({ code: 'store_unavailable' })),
    )
    unlock()
    expect((await browser.post('/logout/')).status).toBe(200)
    await world.close()
  })
})

describe.each(['sqlite::memory:', 'a file'])('the connection to %s', (where) => {
  test('waiting behind others of this process counts against the deadline', async (context) => {
    const url = where === 'a file' ? (await createSqliteFile(context)).url : where
    const { db } = await openStoreAt(url, { timeoutMs: TIMEOUT_MS })
    const { promise: isHeld, resolve: letGo } = Promise.withResolvers<void>()
    const holder = db.transaction().execute(async (transaction) => {
      await insertFact(transaction, 'held')
      await isHeld
    })

    const attempts = await Promise.allSettled(TEN.map(async (name) => await insertFact(db, name)))

    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ reason: expect.toSatisfy(isStoreUnavailable) })
    }
    letGo()
    await holder
    expect(await listFacts(db)).toEqual(['held'])
    await db.destroy()
  })
})

async function insertWithin(db: Db, name: string): Promise<void> {
  await db.transaction().execute(async (transaction) => await insertFact(transaction, name))
}
