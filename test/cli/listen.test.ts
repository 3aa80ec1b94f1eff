import { afterEach, beforeEach, expect, test } from 'vitest'
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

test('an address that is taken is named with the setting to change', async () => {
  const again = listen(() => new Response(), { host: '127.0.0.1', port, setting: 'PORT' })
  await expect(again).rejects.toThrow(ListenError)
  await expect(again).rejects.toThrow(`PORT: 127.0.0.1:${port} is already in use`)
})
