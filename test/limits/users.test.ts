import { describe, expect, onTestFinished, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { ENGINES, type TestEngine } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { APP_CALLBACK, exchangeOneTimeCode, getOneTimeCode } from '../_support/one-time-code.ts'
import {
  askSession,
  beginRelay,
  CALLBACK,
  loginByRelay,
  postJson,
  refresh,
} from '../_support/ways.ts'
import { BADA, createWorld, HANEUL, type World } from '../_support/world.ts'

const LIMIT = 3

async function openWorld(engine: TestEngine): Promise<World> {
  const DATABASE_URL = await engine.createUrl()
  const limit = { RATE_LIMIT_USER: `${LIMIT}/1m` }
  const code = { APP_CALLBACK_URLS: APP_CALLBACK, LOGIN_CODE_TTL: '2m' }
  const world = await createWorld({ environment: { DATABASE_URL, ...limit, ...code } })
  onTestFinished(() => world.close())
  return world
}

/** Has 하늘, a member already, use up what they may. */
async function useUp(world: World): Promise<void> {
  await login(world, world.browser(), HANEUL)
  for (let time = 0; time < LIMIT; time += 1) await login(world, world.browser(), HANEUL)
}

async function countSessions(browser: Browser): Promise<number> {
  const { sessions } = (await (await browser.get('/me/sessions/')).json()) as { sessions: [] }
  return sessions.length
}

async function change(browser: Browser, method: string, path: string): Promise<Response> {
  return method === 'POST'
    ? await browser.post(path, new URLSearchParams())
    : await browser.delete(path)
}

describe.each(ENGINES)('a user who has used up their limit on $name', (engine) => {
  test('is not let in by any way, from wherever; others are', async () => {
    const world = await openWorld(engine)
    await useUp(world)

    const byCookie = await login(world, world.browser(), HANEUL)
    const byRelay = await postJson(world, CALLBACK, await beginRelay(world))

    expect([byCookie.status, byRelay.status]).toEqual([429, 429])
    expect(byCookie.headers.get('retry-after')).toBe('60')
    expect(byCookie.headers.getSetCookie().join()).not.toContain('daemun_session=')
    expect((await login(world, world.browser(), BADA)).status).toBe(200)
  })

  test('is let in again once the window is over', async () => {
    const world = await openWorld(engine)
    await useUp(world)
    world.clock.advance(60_000)

    expect((await login(world, world.browser(), HANEUL)).status).toBe(200)
  })

  test('hears the same again from the same code', async () => {
    const world = await openWorld(engine)
    await useUp(world)
    const browser = world.browser()
    const back = await goToKakao(world, browser, HANEUL)
    await browser.get(back)
    world.takeCallsToKakao()

    const again = await browser.get(back)

    expect([again.status, await readJson(again)]).toMatchObject([429, { code: 'rate_limited' }])
    expect(Number(again.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(world.takeCallsToKakao()).toEqual([])
  })

  test('loses no session, and can still use it and log out', async () => {
    const world = await openWorld(engine)
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await useUp(world)

    expect((await browser.get('/session/')).status).toBe(200)
    expect(await countSessions(browser)).toBe(1 + LIMIT)
    expect((await browser.post('/logout/')).status).toBe(200)
  })

  test('cannot refresh, and the refresh token stays good', async () => {
    const world = await openWorld(engine)
    const { refresh_token, access_token } = await loginByRelay(world)
    await useUp(world)

    const refused = await refresh(world, refresh_token)

    expect([refused.status, await readJson(refused)]).toMatchObject([
      429,
      { error: 'temporarily_unavailable', code: 'rate_limited' },
    ])
    expect((await askSession(world, access_token)).status).toBe(200)
    world.clock.advance(60_000)
    expect((await refresh(world, refresh_token)).status).toBe(200)
  })

  test('cannot exchange a one-time code, and the code stays good', async () => {
    const world = await openWorld(engine)
    await login(world, world.browser(), HANEUL)
    const code = await getOneTimeCode(world)
    for (let time = 1; time < LIMIT; time += 1) await login(world, world.browser(), HANEUL)

    expect((await exchangeOneTimeCode(world, { code })).status).toBe(429)
    world.clock.advance(60_000)
    expect((await exchangeOneTimeCode(world, { code })).status).toBe(200)
  })

  test.each([
    ['GET', '/oauth/kakao/consent/?scope=account_email'],
    ['GET', '/oauth/kakao/link/'],
    ['DELETE', '/me/consents/account_email/'],
    ['DELETE', '/me/identities/kakao_1/'],
    ['DELETE', '/me/'],
    ['POST', '/me/withdraw/'],
  ])('cannot %s %s', async (method, path) => {
    const world = await openWorld(engine)
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await useUp(world)

    const refused = method === 'GET' ? await browser.get(path) : await change(browser, method, path)

    expect(refused.status).toBe(429)
    expect((await browser.get('/session/')).status).toBe(200)
  })
})
