import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { BADA, createWorld, HANEUL, type World } from '../_support/world.ts'

const DAY = 86_400_000
const MAC_CHROME =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36'

describe.each(ENGINES)('sessions on $name', (engine) => {
  let world: World

  beforeEach(async () => {
    world = await createWorld({
      environment: { DATABASE_URL: await engine.createUrl(), SECRET_KEY: 'a secret for tests' },
    })
  })
  afterEach(() => world.close())

  test.each(['', 'x', 'A'.repeat(43), '%00', '"quoted"'])('nobody is %j', async (token) => {
    const response = await world.browser().get('/session/', { cookie: `daemun_session=${token}` })

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await readJson(response)).toMatchObject({ code: 'not_signed_in' })
  })

  test('a session ends thirty days after its last use', async () => {
    const browser = world.browser()
    await login(world, browser, HANEUL)

    world.clock.advance(29 * DAY)
    expect((await browser.get('/session/')).status).toBe(200)
    world.clock.advance(29 * DAY)
    const { session } = await readJson(await browser.get('/session/'))
    expect(session).toMatchObject({
      last_seen_at: '2026-02-28T12:00:00.000Z',
      expires_at: '2026-03-30T12:00:00.000Z',
    })
    world.clock.advance(30 * DAY)
    expect((await browser.get('/session/')).status).toBe(401)
  })

  test('a session ends a year after the sign-in, however much used', async () => {
    const browser = world.browser()
    await login(world, browser, HANEUL)

    for (let day = 0; day < 364; day += 28) {
      expect((await browser.get('/session/')).status).toBe(200)
      world.clock.advance(28 * DAY)
    }
    world.clock.advance(DAY)
    expect((await browser.get('/session/')).status).toBe(401)
  })

  test('its use is written down every five minutes', async () => {
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const lastSeen = async () => {
      const { session } = await readJson(await browser.get('/session/'))
      return (session as { last_seen_at: string }).last_seen_at
    }

    world.clock.advance(299_999)
    expect(await lastSeen()).toBe('2026-01-01T12:00:00.000Z')
    world.clock.advance(1)
    expect(await lastSeen()).toBe('2026-01-01T12:05:00.000Z')
  })

  test('the device is named', async () => {
    const browser = world.browser()
    const start = await browser.get('/oauth/kakao/login/')
    const callback = await world.kakao.authorize(start.headers.get('location') ?? '', HANEUL)
    await browser.get(callback, { 'user-agent': MAC_CHROME })

    expect(await readJson(await browser.get('/session/'))).toMatchObject({
      session: { device: 'Chrome, macOS' },
    })
  })

  test('logout ends this session and no other', async () => {
    const [here, there] = [world.browser(), world.browser()]
    await login(world, here, HANEUL)
    await login(world, there, HANEUL)
    const token = here.cookies.get('daemun_session')

    const response = await here.post('/logout/')

    expect(response.status).toBe(200)
    expect(await readJson(response)).toEqual({ sessions_ended: 1 })
    expect(here.cookies.size).toBe(0)
    const replayed = await world.browser().get('/session/', { cookie: `daemun_session=${token}` })
    expect(replayed.status).toBe(401)
    expect((await there.get('/session/')).status).toBe(200)
  })

  test('logout everywhere ends all sessions of this user alone', async () => {
    const [here, there, other] = [world.browser(), world.browser(), world.browser()]
    await login(world, here, HANEUL)
    await login(world, there, HANEUL)
    await login(world, other, BADA)

    const response = await here.post('/logout/', JSON.stringify({ everywhere: true }), {
      'content-type': 'application/json',
    })

    expect(await readJson(response)).toEqual({ sessions_ended: 2 })
    expect((await there.get('/session/')).status).toBe(401)
    expect((await other.get('/session/')).status).toBe(200)
  })

  test('logging out without a session, or twice, is no error', async () => {
    const browser = world.browser()
    expect(await readJson(await browser.post('/logout/'))).toEqual({ sessions_ended: 0 })
  })
})
