import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { APP_CALLBACK, exchangeOneTimeCode, getOneTimeCode } from '../_support/one-time-code.ts'
import { askSession, loginByRelay, postForm, refresh, type Tokens } from '../_support/ways.ts'
import { BADA, createWorld, HANEUL, type World } from '../_support/world.ts'

describe.each(ENGINES)('at the same time on $name', (engine) => {
  let world: World

  beforeEach(async () => {
    world = await createWorld({
      environment: {
        DATABASE_URL: await engine.createUrl(),
        SECRET_KEY: 'a secret for tests',
        APP_CALLBACK_URLS: APP_CALLBACK,
        SESSIONS_PER_USER: '3',
      },
    })
  })
  afterEach(() => world.close())

  async function revoke(token: string): Promise<Response> {
    return await postForm(world, '/oauth/revoke/', { token })
  }

  test('refreshed and revoked: each gets an answer, and the session is over', async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      const { access_token, refresh_token } = await loginByRelay(world)

      const refreshed = [1, 2, 3].map(() => refresh(world, refresh_token))
      const revoked = [access_token, refresh_token].map(revoke)

      for (const answer of await Promise.all(refreshed)) expect([200, 400]).toContain(answer.status)
      for (const answer of await Promise.all(revoked)) expect(answer.status).toBe(200)
      expect((await askSession(world, access_token)).status).toBe(401)
      expect((await refresh(world, refresh_token)).status).toBe(400)
    }
  })

  test('refreshed and logged out everywhere: nobody is left', async () => {
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const { access_token, refresh_token } = await loginByRelay(world)

    const everywhere = browser.post('/logout/', new URLSearchParams({ everywhere: 'true' }))
    const refreshed = [1, 2, 3].map(() => refresh(world, refresh_token))

    expect((await everywhere).status).toBe(200)
    for (const answer of await Promise.all(refreshed)) expect([200, 400]).toContain(answer.status)
    expect((await askSession(world, access_token)).status).toBe(401)
  })

  test('signed in over the limit, replayed and logged out everywhere: each gets an answer', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const browser = world.browser()
      await login(world, browser, BADA)
      const { refresh_token } = await loginByRelay(world, BADA)
      await refresh(world, refresh_token)
      world.clock.advance(60_001)
      const callbacks = await Promise.all(
        [1, 2, 3].map(async () => {
          const coming = world.browser()
          return { coming, url: await goToKakao(world, coming, BADA) }
        }),
      )

      const answers = await Promise.all([
        browser.post('/logout/', new URLSearchParams({ everywhere: 'true' })),
        ...callbacks.map(({ coming, url }) => coming.get(url)),
        refresh(world, refresh_token),
      ])

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 400])
    }
  })

  test('twelve codes exchanged: all get tokens, and as many sessions live as one may have', async () => {
    const codes = await Promise.all(Array.from({ length: 12 }, () => getOneTimeCode(world)))
    const answers = await Promise.all(codes.map((code) => exchangeOneTimeCode(world, { code })))

    expect(answers.map(({ status }) => status)).toEqual(codes.map(() => 200))
    const tokens = (await Promise.all(answers.map(readJson))) as Tokens[]
    const asked = await Promise.all(tokens.map((one) => askSession(world, one.access_token)))
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(3)
  })

  test('a code that was not exchanged before a log-out everywhere is worth nothing', async () => {
    const code = await getOneTimeCode(world)
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await browser.post('/logout/', new URLSearchParams({ everywhere: 'true' }))

    expect((await exchangeOneTimeCode(world, { code })).status).toBe(400)
  })
})

test.each([0, -3_600_000])('a clock moved by %i ms: who has just signed in is in', async (by) => {
  const world = await createWorld({ environment: { SESSIONS_PER_USER: '1' } })
  const first = await loginByRelay(world)
  world.clock.advance(by)
  const second = await loginByRelay(world)

  expect((await askSession(world, first.access_token)).status).toBe(401)
  expect((await askSession(world, second.access_token)).status).toBe(200)
  await world.close()
})

test('a clock that jumps ahead and back again logs nobody out', async () => {
  const world = await createWorld()
  const { refresh_token } = await loginByRelay(world)
  world.clock.advance(3_600_000)
  const next = await readJson(await refresh(world, refresh_token))
  world.clock.advance(-3_600_000)

  expect(await readJson(await refresh(world, refresh_token))).toMatchObject({
    refresh_token: next.refresh_token,
  })
  const last = await readJson(await refresh(world, String(next.refresh_token)))
  expect((await askSession(world, String(last.access_token))).status).toBe(200)
  await world.close()
})
