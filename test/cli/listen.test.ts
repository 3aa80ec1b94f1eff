import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ListenError, type Listener, listen } from '../../src/cli/listen.ts'
import { findFreePort } from '../_support/free-port.ts'
import { createWorld, type World } from '../_support/world.ts'

let world: World
let listener: Listener
let port: number

beforeEach(async () => {
  world = await createWorld()
  port = await findFreePort()
  const address = { host: '127.0.0.1', port, setting: 'PORT' }
  listener = await listen((request) => world.daemun.fetch(request), address)
})
afterEach(async () => {
  await listener.close(1000)
  await world.close()
})

async function ask(path: string, init: RequestInit = {}): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}${path}`, init)).status
}

test('a cookie too large is refused, and the server goes on', async () => {
  expect(
    await ask('/session/', { headers: { cookie: `daemun_session=${'x'.repeat(30_000)}` } }),
  ).toBe(401)
  expect(
    await ask('/session/', { headers: { cookie: `daemun_session=${'x'.repeat(33_000)}` } }),
  ).toBe(431)
  expect(await ask('/healthz')).toBe(200)
})

test('a body of 10 MB is refused, and the server goes on', async () => {
  const headers = { origin: 'http://localhost:8000', 'content-type': 'application/json' }
  const body = 'x'.repeat(10_000_000)
  expect(await ask('/logout/', { method: 'POST', body, headers })).toBe(413)
  expect(await ask('/healthz')).toBe(200)
})

test.each(['/oauth/token/', '/webhooks/kakao/account-status/'])(
  'a caller of %s who goes away in the midst of a body is no trouble of ours',
  async (path) => {
    world.log.length = 0
    const caller = connect(port, '127.0.0.1')
    caller.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n` +
        'Content-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=',
      () => caller.destroy(),
    )

    await vi.waitUntil(() => world.log.length > 0, { timeout: 30_000 })
    expect(world.log).toEqual([
      expect.objectContaining({ level: 'info', status: 400, code: 'parameter_invalid' }),
    ])
    expect(await ask('/healthz')).toBe(200)
  },
)

describe('where nobody can listen, the setting to change is named, and no value', () => {
  test.each([
    ['127.0.0.1', '--port: is already in use'],
    // Of documentation (RFC 5737), and of nobody (RFC 6761).
    ['192.0.2.1', 'HOST: is no address of this machine'],
    ['nobody.invalid', expect.stringMatching(/^HOST: (is no name|cannot be looked up)/)],
    ['x'.repeat(300), expect.stringMatching(/^HOST: /)],
  ])('%s', async (host, message) => {
    const failure = await listen(() => new Response(), { host, port, setting: '--port' }).catch(
      (error: unknown) => error,
    )

    expect(failure).toBeInstanceOf(ListenError)
    expect(failure).toMatchObject({ message })
    expect(String(failure)).not.toContain(String(port))
  })
})
