import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { StoreOpenError } from '../../src/db/index.ts'
import { openStoreAt } from '../_support/engines.ts'

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
