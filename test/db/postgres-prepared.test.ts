import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { type Db, isStoreUnavailable, type StoreOptions } from '../../src/db/index.ts'
import { findIdentity, findUser } from '../../src/users/index.ts'
import { openStoreAt, POSTGRES } from '../_support/engines.ts'
import { startPooler } from '../_support/pooler.ts'
import { insertFact, listFacts } from './_support/facts.ts'

async function openOneConnection(options: Partial<StoreOptions> = {}) {
  const { db } = await openStoreAt(await POSTGRES.createUrl(), { poolSize: 1, ...options })
  onTestFinished(() => db.destroy())
  return db
}

/** What the server of the one connection knows again. */
async function listPrepared(db: Awaited<ReturnType<typeof openOneConnection>>): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`
    select statement from pg_prepared_statements order by statement`.execute(db)
  return rows.map(({ statement }) => statement)
}

/** Under which name it knows what. */
async function listNames(db: Awaited<ReturnType<typeof openOneConnection>>) {
  const { rows } = await sql<{ name: string; statement: string }>`
    select name, statement from pg_prepared_statements order by name`.execute(db)
  return rows
}

test('a statement is prepared once a connection, however often it is asked', async () => {
  const db = await openOneConnection()

  await findUser(db, 'usr_1')
  await findUser(db, 'usr_2')
  await db.transaction().execute(async (transaction) => await findUser(transaction, 'usr_3'))

  expect(await listPrepared(db)).toEqual([expect.stringMatching(/^select .* from "users"/)])
})

test('one that asks for all columns is not: a newer version may add one meanwhile', async () => {
  const db = await openOneConnection()
  const find = async () =>
    await db.selectFrom('identities').selectAll().where('kakao_id', '=', '1').execute()
  await find()
  await sql`alter table identities add column later text`.execute(db)

  expect(await find()).toEqual([])
  expect(await listPrepared(db)).toEqual([])
  expect(await findIdentity(db, '1')).toBeUndefined()
})

test('behind a pooler nothing is: connections are not ours alone', async () => {
  const db = await openOneConnection({ listenUrl: 'postgres://elsewhere' })

  await findUser(db, 'usr_1')

  expect(await listPrepared(db)).toEqual([])
})

test('behind a pooler nothing is, though nobody told of it', async () => {
  const url = await POSTGRES.createUrl()
  const pooler = await startPooler(url)
  onTestFinished(() => pooler.close())
  const [one, other] = [await openStoreAt(pooler.url), await openStoreAt(pooler.url)]
  onTestFinished(async () => {
    await Promise.all([one.db.destroy(), other.db.destroy()])
  })

  for (const { db } of [one, other, one, other]) {
    expect(await findUser(db, 'usr_1')).toBeUndefined()
    const write = async (transaction: Db) => await insertFact(transaction, randomUUID())
    await db.transaction().execute(write)
  }

  expect(await listPrepared(one.db)).toEqual([])
  expect(await listFacts(other.db)).toHaveLength(4)
})

test('a pooler takes no limits along with a connection: each transaction brings them', async () => {
  const url = await POSTGRES.createUrl()
  const pooler = await startPooler(url, { refuses: 'statement_timeout' })
  onTestFinished(() => pooler.close())
  const { db } = await openStoreAt(pooler.url, { listenUrl: url, timeoutMs: 7000 })
  onTestFinished(() => db.destroy())

  const readLimit = async (within: Db) =>
    (
      await sql<{ limit: string }>`select current_setting('statement_timeout') as limit`.execute(
        within,
      )
    ).rows
  expect(await db.transaction().execute(readLimit)).toEqual([{ limit: '7s' }])
  expect(await readLimit(db)).toEqual([{ limit: '0' }])
  expect(await db.transaction().execute(readLimit)).toEqual([{ limit: '7s' }])
})

test.each([
  [
    'statement_timeout',
    'leads to a pooler: say where PostgreSQL itself is, for a server in DATABASE_LISTEN_URL',
  ],
  [
    'options',
    'leads to a pooler that takes no options: name the schema by ALTER ROLE … SET search_path',
  ],
])('a pooler that refuses %s is told of by what to do', async (refuses, problem) => {
  const pooler = await startPooler(await POSTGRES.createUrl(), { refuses })
  onTestFinished(() => pooler.close())

  await expect(openStoreAt(pooler.url)).rejects.toMatchObject({
    message: `DATABASE_URL: ${problem}`,
    reason: 'setting',
  })
})

test('a list of any length is not prepared', async () => {
  const db = await openOneConnection()
  const find = async (count: number) => {
    const ids = Array.from({ length: count }, (_, index) => `usr_${index}`)
    return await db.selectFrom('users').select('id').where('id', 'in', ids).execute()
  }

  for (const count of [50, 51, 1000]) expect(await find(count)).toEqual([])

  expect(await listPrepared(db)).toEqual([expect.stringMatching(/\$50\)$/)])
})

test('a pooler that comes later fails one statement, and is known from then on', async () => {
  const db = await openOneConnection()
  await findUser(db, 'usr_1')
  // What a pooler does that hands out another of its connections.
  await sql`deallocate all`.execute(db)

  await expect(findUser(db, 'usr_1')).rejects.toSatisfy(isStoreUnavailable)

  expect(await findUser(db, 'usr_1')).toBeUndefined()
  expect(await findIdentity(db, '1')).toBeUndefined()
  expect(await listPrepared(db)).toEqual([])
})

test('a connection on which another instance prepared the same is of use, or fails', async () => {
  const [one, other] = [await openOneConnection(), await openOneConnection()]
  await findIdentity(one, '1')
  await findUser(one, 'usr_1')
  await findUser(other, 'usr_1')
  await findIdentity(other, '1')

  expect(await listNames(other)).toEqual(await listNames(one))
})
