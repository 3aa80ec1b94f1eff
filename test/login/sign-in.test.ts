import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { BADA, createWorld, HANEUL, SOL, type World } from '../_support/world.ts'

describe.each(ENGINES)('a login on $name', (engine) => {
  let world: World

  beforeEach(async () => {
    world = await createWorld({
      environment: {
        DATABASE_URL: await engine.createUrl(),
        SECRET_KEY: 'a secret for tests',
        KAKAO_MAX_CALLS: '200',
      },
    })
  })
  afterEach(() => world.close())

  test('the first makes a user, with the three original fields', async () => {
    const response = await login(world, world.browser(), HANEUL)

    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await readJson(response)).toEqual({
      social_type: 'kakao',
      social_id: 'kakao_1000000001',
      user_email: 'haneul@example.com',
      is_new_user: true,
      user: {
        id: expect.stringMatching(/^usr_[\w-]{22}$/),
        created_at: '2026-01-01T12:00:00.000Z',
        nickname: '김하늘',
        picture: expect.stringContaining('1000000001'),
        email: 'haneul@example.com',
        email_verified: true,
        phone_number: null,
      },
    })
  })

  test('the second finds the same user', async () => {
    const first = await readJson(await login(world, world.browser(), HANEUL))
    const second = await readJson(await login(world, world.browser(), HANEUL))

    expect(second).toEqual({ ...first, is_new_user: false })
  })

  test('the session cookie says who one is', async () => {
    const browser = world.browser()
    const { user } = await readJson(await login(world, browser, HANEUL))

    const session = await browser.get('/session/')

    expect(session.status).toBe(200)
    expect(await readJson(session)).toEqual({
      user,
      session: {
        id: expect.stringMatching(/^ses_[\w-]{22}$/),
        kind: 'cookie',
        device: 'unknown',
        created_at: '2026-01-01T12:00:00.000Z',
        last_seen_at: '2026-01-01T12:00:00.000Z',
        expires_at: '2026-01-31T12:00:00.000Z',
        current: true,
      },
    })
  })

  test('with next it leads there, and signs in', async () => {
    const browser = world.browser()

    const response = await login(world, browser, HANEUL, { next: '/welcome?from=login' })

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/welcome?from=login')
    expect((await browser.get('/session/')).status).toBe(200)
  })

  test('a 19-digit id keeps its digits, and an unverified e-mail is not called verified', async () => {
    const body = await readJson(await login(world, world.browser(), SOL))

    expect(body).toMatchObject({
      social_id: 'kakao_1376016924429759228',
      user_email: 'sol@example.com',
      user: { email: 'sol@example.com', email_verified: false },
    })
  })

  test('an account without an e-mail, and one that keeps it back, have none', async () => {
    expect(await readJson(await login(world, world.browser(), BADA))).toMatchObject({
      user_email: null,
    })
    const haneul = { ...HANEUL, refuses: ['account_email'] }
    expect(await readJson(await login(world, world.browser(), haneul))).toMatchObject({
      user_email: null,
      user: { nickname: '김하늘', email: null },
    })
  })

  test('two hundred callbacks of one new person at once make one user', async () => {
    const visits: { browser: Browser; callback: URL }[] = []
    for (let visit = 0; visit < 200; visit += 1) {
      const browser = world.browser()
      visits.push({ browser, callback: await goToKakao(world, browser, HANEUL) })
    }

    const bodies = await Promise.all(
      visits.map(async ({ browser, callback }) => await readJson(await browser.get(callback))),
    )

    expect(new Set(bodies.map((body) => (body.user as { id: string } | undefined)?.id)).size).toBe(
      1,
    )
    expect(bodies.filter((body) => body.is_new_user)).toHaveLength(1)
  }, 20_000)

  test('signing in again ends the session that the browser had', async () => {
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const old = browser.cookies.get('daemun_session')
    await login(world, browser, BADA)

    const response = await world.browser().get('/session/', { cookie: `daemun_session=${old}` })

    expect(response.status).toBe(401)
    expect(await readJson(await browser.get('/session/'))).toMatchObject({
      user: { nickname: '이바다' },
    })
  })

  test('several tabs may log in at once, and finish in any order', async () => {
    const browser = world.browser()
    const first = await goToKakao(world, browser, HANEUL, { next: '/first' })
    const second = await goToKakao(world, browser, HANEUL, { next: '/second' })

    const later = await browser.get(second)
    const earlier = await browser.get(first)

    expect([later, earlier].map(({ headers }) => headers.get('location'))).toEqual([
      '/second',
      '/first',
    ])
  })
})

describe('the number of sessions one user may have', () => {
  test('beyond it, the one begun first ends', async () => {
    const world = await createWorld({ environment: { SESSIONS_PER_USER: '2' } })
    const browsers = [world.browser(), world.browser(), world.browser()]
    for (const browser of browsers) {
      await login(world, browser, HANEUL)
      world.clock.advance(1000)
    }

    const answers = await Promise.all(browsers.map((browser) => browser.get('/session/')))

    expect(answers.map(({ status }) => status)).toEqual([401, 200, 200])
    await world.close()
  })
})
