import { afterEach, describe, expect, test } from 'vitest'
import { decodeJws } from '../../src/jose/index.ts'
import { login, readJson } from '../_support/login.ts'
import { askSession, beginRelay, loginByRelay, postJson } from '../_support/ways.ts'
import { createWorld, HANEUL, KAKAO, type World, type WorldOptions } from '../_support/world.ts'

const LOGOUT = '/logout/'
let world: World
afterEach(() => world.close())

/** The demo app without its admin key: Kakao's tokens are kept instead. */
const WITHOUT_ADMIN_KEY = {
  KAKAO_REST_API_KEY: 'demo-rest-api-key',
  KAKAO_CLIENT_SECRET_KEY: 'demo-client-secret',
  KAKAO_KAUTH_URL: KAKAO,
  KAKAO_KAPI_URL: KAKAO,
}

/** Those that Kakao gave out, as a phone would have them. */
const idTokens: string[] = []

function nonceOf(idToken: string): unknown {
  return decodeJws(idToken).claims.nonce
}

/** Opens a world that notes the access tokens which Kakao gives out. */
async function open(options: WorldOptions = {}) {
  const given: string[] = []
  idTokens.length = 0
  const opened = await createWorld({
    ...options,
    async intercept(request, send) {
      const response = options.intercept
        ? await options.intercept(request, send)
        : await send(request)
      if (new URL(request.url).pathname !== '/oauth/token' || !response.ok) return response
      const tokens = await readJson(response.clone())
      given.push(String(tokens.access_token))
      idTokens.push(String(tokens.id_token))
      return response
    },
  })
  world = opened
  /** Which of Kakao's tokens still work, asked at Kakao itself. */
  async function living(): Promise<boolean[]> {
    return await Promise.all(
      given.map(async (token) => {
        const request = new Request(`${KAKAO}/v2/user/me`, {
          headers: { authorization: `Bearer ${token}` },
        })
        return (await opened.kakao.fetch(request)).ok
      }),
    )
  }
  return { living }
}

describe('kakao=none', () => {
  test('leaves Kakao alone', async () => {
    const { living } = await open()
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await browser.post(LOGOUT)
    expect(await living()).toEqual([true])
  })
})

describe('kakao=token', () => {
  const body = JSON.stringify({ kakao: 'token' })
  const json = { 'content-type': 'application/json' }

  test('ends all tokens of the person, by the admin key', async () => {
    const { living } = await open()
    const browser = world.browser()
    await login(world, world.browser(), HANEUL)
    await login(world, browser, HANEUL)

    const response = await browser.post(LOGOUT, body, json)

    expect(await readJson(response)).toEqual({ sessions_ended: 1 })
    expect(await living()).toEqual([false, false])
  })

  test('ends the tokens of this session alone, where they are kept', async () => {
    const { living } = await open({ environment: WITHOUT_ADMIN_KEY })
    const browser = world.browser()
    await login(world, world.browser(), HANEUL)
    await login(world, browser, HANEUL)

    await browser.post(LOGOUT, body, json)

    expect(await living()).toEqual([true, false])
  })

  test('everywhere ends those of every session', async () => {
    const { living } = await open({ environment: WITHOUT_ADMIN_KEY })
    const { access_token } = await loginByRelay(world)
    await login(world, world.browser(), HANEUL)

    const response = await postJson(
      world,
      LOGOUT,
      { kakao: 'token', everywhere: true },
      { authorization: `Bearer ${access_token}` },
    )

    expect(await readJson(response)).toEqual({ sessions_ended: 2 })
    expect(await living()).toEqual([false, false])
  })

  test('everywhere, with one that has none kept, ends all tokens of the person at once', async () => {
    const { living } = await open({ environment: { KAKAO_TOKENS: 'keep' } })
    await login(world, world.browser(), HANEUL)
    const { access_token } = await loginByRelay(world)
    await login(world, world.browser(), HANEUL)
    const id_token = String(idTokens.at(-1))
    await postJson(world, '/oauth/kakao/login/native/', { id_token, nonce: nonceOf(id_token) })
    world.takeCallsToKakao()

    const response = await postJson(
      world,
      LOGOUT,
      { kakao: 'token', everywhere: true },
      { authorization: `Bearer ${access_token}` },
    )

    expect(await readJson(response)).toEqual({ sessions_ended: 4 })
    expect(world.takeCallsToKakao()).toEqual(['POST /v1/user/logout'])
    expect(new Set(await living())).toEqual(new Set([false]))
  })

  test('those that Kakao does not end are logged each, and keep no other from ending', async () => {
    let refusals = 2
    const { living } = await open({
      environment: WITHOUT_ADMIN_KEY,
      intercept: async (request, send) =>
        request.url.endsWith('/v1/user/logout') && refusals-- > 0
          ? new Response('<h1>down</h1>', { status: 502 })
          : await send(request),
    })
    await login(world, world.browser(), HANEUL)
    await login(world, world.browser(), HANEUL)
    const { access_token } = await loginByRelay(world)
    const bearer = { authorization: `Bearer ${access_token}` }
    await postJson(world, LOGOUT, { kakao: 'token', everywhere: true }, bearer)

    expect((await living()).filter((isLiving) => isLiving)).toHaveLength(2)
    const warnings = world.log.filter(({ msg }) => msg === "Kakao's tokens could not be ended")
    expect(warnings).toHaveLength(2)
  })

  test('works when the kept access token is hours old', async () => {
    const { living } = await open({ environment: WITHOUT_ADMIN_KEY })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    world.clock.advance(7 * 3600_000)

    await browser.post(LOGOUT, body, json)

    const paths = world.takeCallsToKakao().slice(-2)
    expect(paths).toEqual(['POST /oauth/token', 'POST /v1/user/logout'])
    expect((await living()).at(-1)).toBe(false)
  })

  test('ours ends, whatever Kakao answers', async () => {
    await open({
      intercept: async (request, send) =>
        request.url.endsWith('/v1/user/logout')
          ? new Response('<h1>down</h1>', { status: 502 })
          : await send(request),
    })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const token = browser.cookies.get('daemun_session')

    const response = await browser.post(LOGOUT, body, json)

    expect(await readJson(response)).toEqual({ sessions_ended: 1 })
    const again = await world.browser().get('/session/', { cookie: `daemun_session=${token}` })
    expect(again.status).toBe(401)
    expect(world.log).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: "Kakao's tokens could not be ended" }),
    )
  })

  test('where none are kept and no admin key is set, nothing ends there, and the log says so', async () => {
    const { living } = await open({ environment: { ...WITHOUT_ADMIN_KEY, KAKAO_TOKENS: 'never' } })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await browser.post(LOGOUT, body, json)
    expect(await living()).toEqual([true])
    expect(JSON.stringify(world.log)).toContain('has not ended at Kakao')
  })
})

describe('kakao=account', () => {
  test('tells where to go on at Kakao, and leads back from there', async () => {
    const { living } = await open()
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const body = new URLSearchParams({ kakao: 'account', next: '/bye' })

    const response = await browser.post(LOGOUT, body)
    const { sessions_ended, kakao_logout_url } = await readJson(response)

    expect(sessions_ended).toBe(1)
    expect(await living()).toEqual([false])
    const url = new URL(String(kakao_logout_url))
    expect(url.origin + url.pathname).toBe(`${KAKAO}/oauth/logout`)
    expect(url.searchParams.get('logout_redirect_uri')).toBe(
      'http://localhost:8000/oauth/kakao/logout/callback/',
    )
    const back = await browser.get(
      `/oauth/kakao/logout/callback/?state=${url.searchParams.get('state')}`,
    )
    expect(back.status).toBe(303)
    expect(back.headers.get('location')).toBe('/bye')
  })

  test("a browser's form is sent there", async () => {
    await open()
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const body = new URLSearchParams({ kakao: 'account' })
    const response = await browser.post(LOGOUT, body, { accept: 'text/html' })

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toContain(`${KAKAO}/oauth/logout?`)
  })

  test('a return with a wrong, missing or old state is refused', async () => {
    await open()
    const browser = world.browser()
    const answer = await readJson(
      await browser.post(LOGOUT, new URLSearchParams({ kakao: 'account' })),
    )
    const state = new URL(String(answer.kakao_logout_url)).searchParams.get('state')
    const { attempt } = await beginRelay(world)
    world.clock.advance(600_000)

    for (const query of [
      '',
      '?state=garbled',
      `?state=${state}`,
      `?state=${attempt}`,
      `?state=x${state}`,
      '?state=a&state=b',
    ]) {
      const response = await browser.get(`/oauth/kakao/logout/callback/${query}`)
      expect(response.status).toBe(400)
    }
  })
})

test('an app logs out with its access token, from any origin', async () => {
  await open()
  const { access_token } = await loginByRelay(world)
  const bearer = { authorization: `Bearer ${access_token}` }

  const response = await postJson(world, LOGOUT, {}, bearer)

  expect(await readJson(response)).toEqual({ sessions_ended: 1 })
  expect((await askSession(world, access_token)).status).toBe(401)
})
