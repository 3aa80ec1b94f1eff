import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import {
  APP_CALLBACK,
  CODE_START,
  exchangeOneTimeCode,
  getOneTimeCode,
  toChallenge,
} from '../_support/one-time-code.ts'
import { createSharedStore } from '../_support/shared-store.ts'
import { askSession, type Tokens } from '../_support/ways.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

describe.each(ENGINES)('a one-time code on $name', (engine) => {
  let world: World

  beforeEach(async () => {
    world = await createWorld({
      environment: {
        DATABASE_URL: await engine.createUrl(),
        SECRET_KEY: 'a secret for tests',
        APP_CALLBACK_URLS: `${APP_CALLBACK}, https://other.example/cb`,
      },
    })
  })
  afterEach(() => world.close())

  const getCode = (change?: Record<string, string>) => getOneTimeCode(world, change)
  const exchange = (fields: Record<string, string>) => exchangeOneTimeCode(world, fields)

  test('goes to the app with its state, and no session with it', async () => {
    const browser = world.browser()
    const response = await login(world, browser, HANEUL, CODE_START)

    expect(response.status).toBe(303)
    const url = new URL(response.headers.get('location') ?? '')
    expect(url.origin + url.pathname).toBe('https://app.example/signed-in')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      from: 'daemun',
      code: expect.stringMatching(/^[\w-]{43}$/),
      state: "the app's & own",
    })
    expect(browser.cookies.has('daemun_session')).toBe(false)
  })

  test('is exchanged for tokens and who it is', async () => {
    const response = await exchange({
      code: await getCode(),
      redirect_uri: APP_CALLBACK,
      client_id: 'whatever',
    })
    const body = await readJson(response)

    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({
      token_type: 'Bearer',
      social_id: 'kakao_1000000001',
      is_new_user: true,
      user: { email: 'haneul@example.com' },
    })
    expect((await askSession(world, String(body.access_token))).status).toBe(200)
  })

  test('works once; a second exchange is refused and leaves the first tokens alone', async () => {
    const code = await getCode()
    const first = await readJson(await exchange({ code }))
    const second = await exchange({ code })

    expect(second.status).toBe(400)
    expect(await readJson(second)).toMatchObject({ error: 'invalid_grant', code: 'grant_invalid' })
    expect((await askSession(world, String(first.access_token))).status).toBe(200)
  })

  test.each<[string, Record<string, string>]>([
    ['another verifier', { code_verifier: 'another-verifier-that-is-43-characters-long' }],
    ['a verifier that can be none', { code_verifier: 'another' }],
    ['another redirect URI', { redirect_uri: 'https://other.example/cb' }],
  ])('an exchange with %s is refused, and burns it', async (_title, fields) => {
    const code = await getCode()

    expect((await exchange({ code, ...fields })).status).toBe(400)
    expect((await exchange({ code })).status).toBe(400)
  })

  test.each([
    ['43', 'v'.repeat(43), 200],
    ['128', '~'.repeat(128), 200],
    ['42', 'v'.repeat(42), 400],
    ['129', 'v'.repeat(129), 400],
    ['43 others', '\u{d55c}'.repeat(43), 400],
  ])('a verifier of %s characters: %s %i', async (_title, code_verifier, status) => {
    const code = await getCode({ code_challenge: toChallenge(code_verifier) })
    expect((await exchange({ code, code_verifier })).status).toBe(status)
  })

  test('is good for a minute', async () => {
    const code = await getCode()
    world.clock.advance(60_000)
    expect((await exchange({ code })).status).toBe(400)
  })

  test('truncated or made up it is refused', async () => {
    const code = await getCode()
    expect((await exchange({ code: code.slice(0, -1) })).status).toBe(400)
    expect((await exchange({ code: 'made-up' })).status).toBe(400)
    expect((await exchange({ code })).status).toBe(200)
  })

  test('the same callback again leads to the same code', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL, CODE_START)
    const [one, other] = [await browser.get(callback), await browser.get(callback)]

    expect(other.headers.get('location')).toBe(one.headers.get('location'))
  })

  test('is exchanged at another instance than gave it, once', async () => {
    const store = await createSharedStore(engine)
    const environment = { APP_CALLBACK_URLS: APP_CALLBACK }
    const [one, other] = [await store.open({ environment }), await store.open({ environment })]
    const code = await getOneTimeCode(one)

    const exchanged = await exchangeOneTimeCode(other, { code })
    expect(exchanged.status).toBe(200)
    expect((await exchangeOneTimeCode(one, { code })).status).toBe(400)
    const { access_token } = (await exchanged.json()) as Tokens
    expect((await askSession(one, access_token)).status).toBe(200)
    await store.close()
  })

  test('32 exchanges at once: one gets tokens', async () => {
    const code = await getCode()
    const answers = await Promise.all(Array.from({ length: 32 }, () => exchange({ code })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('who cancels is sent to the app, told so', async () => {
    const response = await login(world, world.browser(), { ...HANEUL, cancels: true }, CODE_START)

    const url = new URL(response.headers.get('location') ?? '')
    expect(url.searchParams.get('error')).toBe('access_denied')
    expect(url.searchParams.get('state')).toBe(CODE_START.state)
    expect(url.searchParams.has('code')).toBe(false)
  })

  test('a silent try tells the app why it failed', async () => {
    const silent = { ...CODE_START, prompt: 'none' }
    const response = await login(world, world.browser(), HANEUL, silent)

    const url = new URL(response.headers.get('location') ?? '')
    expect(url.searchParams.get('error')).toBe('login_required')
  })

  test.each<[string, Record<string, string>, string]>([
    ['no next', { next: '' }, 'parameter_invalid'],
    ['a next not listed', { next: 'https://app.example/signed-in' }, 'next_not_allowed'],
    ['a path of ours', { next: '/' }, 'next_not_allowed'],
    ['no challenge', { code_challenge: '' }, 'parameter_invalid'],
    ['a short challenge', { code_challenge: 'short' }, 'parameter_invalid'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'parameter_invalid'],
    ['no method', { code_challenge_method: '' }, 'parameter_invalid'],
    ['a state too long for a cookie', { state: 's'.repeat(513) }, 'parameter_invalid'],
    ['a state beyond RFC 6749', { state: '\u0001' }, 'parameter_invalid'],
  ])('with %s it does not begin', async (_title, change, code) => {
    const query = new URLSearchParams({ ...CODE_START, ...change })
    const response = await world.browser().get(`/oauth/kakao/login/?${query}`)

    expect(response.status).toBe(400)
    expect(await readJson(response)).toMatchObject({ code })
  })
})

test('the longest state and the longest address fit into a cookie', async () => {
  const next = `https://app.example/${'x'.repeat(1000)}`
  const world = await createWorld({ environment: { APP_CALLBACK_URLS: next } })
  const query = new URLSearchParams({ ...CODE_START, next, state: '"'.repeat(512) })
  const start = await world.browser().get(`/oauth/kakao/login/?${query}`)
  await world.close()

  const [cookie = ''] = start.headers.getSetCookie()
  expect(cookie.length).toBeGreaterThan(0)
  expect(cookie.length).toBeLessThan(4096)
})
