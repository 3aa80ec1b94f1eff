import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { createClock } from '../_support/clock.ts'
import { POSTGRES } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { startTcpProxy, type TcpProxy } from '../_support/tcp-proxy.ts'
import { askSession, loginByRelay, postForm, refresh, type Tokens } from '../_support/ways.ts'
import { HANEUL, type World } from '../_support/world.ts'

let store: SharedStore
let wire: TcpProxy
const ticks = createClock()
let world: World
let tokens: Tokens
let browser: Browser

beforeEach(async () => {
  store = await createSharedStore(POSTGRES)
  const patient = await store.open()
  tokens = await loginByRelay(patient)
  browser = patient.browser()
  await login(patient, browser, HANEUL)
  wire = await startTcpProxy(store.url)
  world = await store.open({
    tick: () => ticks.now().getTime(),
    environment: { DATABASE_URL: wire.url, STORE_TIMEOUT: '1s' },
  })
})
afterEach(async () => {
  await store.close()
  await wire.close()
})

test('while the store is away nobody is told that they are logged out, and nobody is', async () => {
  const { access_token, refresh_token } = tokens
  const headers = { cookie: `daemun_session=${browser.cookies.get('daemun_session')}` }
  await askSession(world, access_token)
  wire.pause()
  // Within two seconds of silence memory may still answer.
  ticks.advance(2001)

  const answers = await Promise.all([
    askSession(world, access_token),
    world.browser().get('/auth/verify/', headers),
    world.browser().get('/auth/verify/?redirect=1', { ...headers, accept: 'text/html' }),
    postForm(world, '/oauth/revoke/', { token: refresh_token }),
    refresh(world, refresh_token),
  ])
  const guest = await world.browser().get('/auth/verify/')
  wire.resume()

  for (const { status, headers } of answers) {
    expect([status, headers.get('retry-after')]).toEqual([503, '5'])
  }
  expect(await readJson(answers[4] as Response)).toMatchObject({
    error: 'temporarily_unavailable',
    code: 'store_unavailable',
  })
  expect(guest.status).toBe(401)
  await expect.poll(async () => (await askSession(world, access_token)).status).toBe(200)
  expect((await refresh(world, refresh_token)).status).toBe(200)
  expect((await world.browser().get('/auth/verify/', headers)).status).toBe(200)
})
