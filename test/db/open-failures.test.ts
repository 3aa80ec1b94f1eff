import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { inspect } from 'node:util'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { StoreOpenError, toSqlitePath } from '../../src/db/index.ts'
import { BARE_ENGINES, createDurableUrl, openStoreAt, POSTGRES } from '../_support/engines.ts'

/** As the server's messages begin: a letter, the length, what to do (protocol 3.0, section 55.7). */
const AUTHENTICATION_SASL = message('R', 10, 'SCRAM-SHA-256\0\0')
const AUTHENTICATION_SASL_CONTINUE = message('R', 11, 'r=nonce,s=c2FsdA==,i=4096')

function message(type: string, kind: number, text: string): Buffer {
  const head = Buffer.alloc(9)
  head.write(type)
  head.writeInt32BE(8 + text.length, 1)
  head.writeInt32BE(kind, 5)
  return Buffer.concat([head, Buffer.from(text)])
}

/** Opens a store at a server that answers so, message by message. */
async function openAtServer(answers: readonly Buffer[], query = ''): Promise<unknown> {
  const server = createServer((socket) => {
    const left = [...answers]
    socket.on('error', () => {})
    socket.on('data', () => socket.write(left.shift() ?? Buffer.alloc(0)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    return await openStoreAt(`postgres://user@127.0.0.1:${port}/db${query}`)
  } catch (error) {
    return error
  } finally {
    server.close()
  }
}

test.each([
  [
    'the server speaks no TLS',
    [Buffer.from('N')],
    '?sslmode=require',
    'the server does not speak TLS',
  ],
  [
    'the server wants a password',
    [AUTHENTICATION_SASL, AUTHENTICATION_SASL_CONTINUE],
    '',
    'PostgreSQL wants a password',
  ],
])('a store is refused by its setting where %s', async (_, answers, query, problem) => {
  const error = await openAtServer(answers, query)

  expect(error).toBeInstanceOf(StoreOpenError)
  expect(error).toMatchObject({ message: `DATABASE_URL: ${problem}`, reason: 'setting' })
})

test('what is no URL is refused and not told', async () => {
  const error = await openStoreAt('postgres://user:a-secret@host:99999/db').catch(
    (refusal: unknown) => refusal,
  )

  expect(error).toMatchObject({ message: 'DATABASE_URL: cannot be read as a URL' })
  expect(inspect(error)).not.toContain('a-secret')
})

describe.each(BARE_ENGINES)('a store is refused by its setting on $name', (engine) => {
  test.each([
    ['users', 'create table users (id integer primary key)'],
    ['migrations', 'create table migrations (id integer primary key, migration text)'],
  ])('where something else has a table %s, which stays as it is', async (table, creation) => {
    const url = await createDurableUrl(engine)
    await execute(url, creation)
    await execute(url, `insert into ${table} (id) values (7)`)

    await expect(openStoreAt(url)).rejects.toMatchObject({
      message:
        'DATABASE_URL: holds tables of something else: it has to have a database or a schema of its own',
      reason: 'setting',
    })

    await execute(url, `update ${table} set id = 8`)
    await expect(execute(url, 'select * from sessions')).rejects.toThrow(/sessions/)
  })
})

test('a store is refused by its setting where PostgreSQL has no such schema', async () => {
  const url = new URL(await POSTGRES.createUrl())
  url.searchParams.set('options', '-c search_path=nowhere')

  await expect(openStoreAt(url.href)).rejects.toMatchObject({
    message: 'DATABASE_URL: the schema of its search_path is not there: create it first',
    reason: 'setting',
  })
})

/** Below everything of ours. */
async function execute(url: string, statement: string): Promise<void> {
  const path = toSqlitePath(url)
  if (path !== undefined) {
    const database = new DatabaseSync(path)
    try {
      database.exec(statement)
    } finally {
      database.close()
    }
    return
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
