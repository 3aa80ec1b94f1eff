import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { goToKakao, readJson } from '../_support/login.ts'
import { askSession, beginRelay, CALLBACK, postJson, refresh } from '../_support/ways.ts'
import { BADA, createWorld, HANEUL, type World } from '../_support/world.ts'

const LOGIN = '/oauth/kakao/login/'
const OWN = 'http://localhost:8000/oauth/kakao/login/callback/'
const APP = 'http://localhost:3000/kakao'

let world: World

beforeEach(async () => {
  world = await createWorld({ environment: { KAKAO_REDIRECT_URI: `${OWN}, ${APP}` } })
})
afterEach(() => world.close())

describe('a relay', () => {
  test('begins with a URL, and what the page app keeps meanwhile', async () => {
    const response = await postJson(world, LOGIN, { redirect_uri: APP, prompt: 'login' })
    const body = await readJson(response)

    expect(response.headers.getSetCookie()).toEqual([])
    expect(body).toEqual({
      authorize_url: expect.any(String),
      attempt: expect.any(String),
      expires_in: 600,
    })
    const { searchParams } = new URL(String(body.authorize_url))
    expect(searchParams.get('redirect_uri')).toBe(APP)
    expect(searchParams.get('prompt')).toBe('login')
    expect(body.attempt).not.toContain(searchParams.get('state'))
  })

  test('ends with tokens and the three original fields, and without a cookie', async () => {
    const relay = await beginRelay(world, HANEUL, { redirect_uri: APP })
    const response = await postJson(world, CALLBACK, relay)
    const body = await readJson(response)

    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()).toEqual([])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token_expires_in: 5_184_000,
      social_type: 'kakao',
      social_id: 'kakao_1000000001',
      user_email: 'haneul@example.com',
      is_new_user: true,
      user: { nickname: '김하늘' },
    })
    const session = await askSession(world, String(body.access_token))
    expect(await readJson(session)).toMatchObject({
      user: body.user,
      session: { kind: 'token', current: true },
    })
  })

  test('posted twice within the grace answers the same to the byte; later not', async () => {
    const relay = await beginRelay(world)
    const first = await (await postJson(world, CALLBACK, relay)).text()
    world.clock.advance(2000)
    const answers = await Promise.all([1, 2, 3].map(() => postJson(world, CALLBACK, relay)))
    const bodies = [first, ...(await Promise.all(answers.map((answer) => answer.text())))]
    expect(new Set(bodies).size).toBe(1)
    expect(world.takeCallsToKakao().filter((call) => call.includes('token'))).toHaveLength(1)

    world.clock.advance(8000)
    expect(await readJson(await postJson(world, CALLBACK, relay))).toMatchObject({
      status: 400,
      code: 'code_used',
    })
  })

  test('after a log-out its answer is not given again', async () => {
    const relay = await beginRelay(world)
    const { access_token } = await readJson(await postJson(world, CALLBACK, relay))
    await postJson(world, '/logout/', {}, { authorization: `Bearer ${access_token}` })

    expect(await readJson(await postJson(world, CALLBACK, relay))).toMatchObject({
      code: 'code_used',
    })
  })

  test('once the tokens were refreshed, its answer is not given again', async () => {
    const relay = await beginRelay(world)
    const first = await readJson(await postJson(world, CALLBACK, relay))
    await refresh(world, String(first.refresh_token))

    expect(await readJson(await postJson(world, CALLBACK, relay))).toMatchObject({
      code: 'code_used',
    })
  })
})

describe('a bad relay', () => {
  test.each<[string, object, number, string]>([
    [
      'another redirect URI',
      { redirect_uri: 'http://localhost:3000/' },
      400,
      'redirect_uri_not_allowed',
    ],
    ['an unknown prompt', { prompt: 'consent' }, 400, 'parameter_invalid'],
    ['a scope that is no text', { scope: ['account_email'] }, 400, 'parameter_invalid'],
  ])('does not begin with %s', async (_title, body, status, code) => {
    const response = await postJson(world, LOGIN, body)
    expect(response.status).toBe(status)
    expect(await readJson(response)).toMatchObject({ code })
  })

  test('does not begin with a form', async () => {
    const response = await world.browser().post(LOGIN, new URLSearchParams({ prompt: 'login' }))
    expect(response.status).toBe(415)
  })

  test.each<[string, (relay: Record<string, string>) => object, string]>([
    ['no code', ({ code: _, ...rest }) => rest, 'code_missing'],
    ['no attempt', ({ attempt: _, ...rest }) => rest, 'attempt_missing'],
    [
      'a garbled attempt',
      (relay) => ({ ...relay, attempt: `x${relay.attempt}` }),
      'attempt_invalid',
    ],
    ['no state', ({ state: _, ...rest }) => rest, 'state_invalid'],
    ['another state', (relay) => ({ ...relay, state: 'another' }), 'state_invalid'],
    ['a made-up code', (relay) => ({ ...relay, code: 'made-up' }), 'code_refused'],
  ])('does not end with %s', async (_title, change, code) => {
    const relay = await beginRelay(world)
    const response = await postJson(world, CALLBACK, change({ ...relay }))

    expect(response.status).toBe(400)
    expect(await readJson(response)).toMatchObject({ code })
  })

  test("somebody else's code under one's own attempt is worth nothing", async () => {
    const [relay, other] = [await beginRelay(world), await beginRelay(world, BADA)]
    const stolen = await postJson(world, CALLBACK, { ...other, code: relay.code })

    expect(await readJson(stolen)).toMatchObject({ code: 'code_refused' })
  })

  test('an attempt is used up: another code under it is refused, and not spent', async () => {
    const relay = await beginRelay(world)
    const other = await beginRelay(world)
    await postJson(world, CALLBACK, relay)

    expect(
      await readJson(await postJson(world, CALLBACK, { ...relay, code: other.code })),
    ).toMatchObject({
      code: 'state_invalid',
    })
    expect((await postJson(world, CALLBACK, other)).status).toBe(200)
  })

  test('does not end after ten minutes', async () => {
    const relay = await beginRelay(world)
    world.clock.advance(600_000)

    expect(await readJson(await postJson(world, CALLBACK, relay))).toMatchObject({
      code: 'attempt_expired',
    })
  })

  test("an app's attempt is worth nothing in a browser, nor a browser's in an app", async () => {
    const relay = await beginRelay(world)
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    const [cookie = ''] = browser.cookies.values()

    const inApp = await postJson(world, CALLBACK, {
      code: callback.searchParams.get('code'),
      state: callback.searchParams.get('state'),
      attempt: cookie,
    })
    expect(await readJson(inApp)).toMatchObject({ code: 'attempt_invalid' })

    browser.cookies.set('daemun_login_2', relay.attempt)
    const inBrowser = await browser.get(`${CALLBACK}?code=${relay.code}&state=${relay.state}`)
    expect(await readJson(inBrowser)).toMatchObject({ code: 'state_invalid' })
  })
})

describe('a page app that begins by itself', () => {
  test('is refused, unless ALLOW_UNBOUND_RELAY says otherwise', async () => {
    const lax = await createWorld({ environment: { ALLOW_UNBOUND_RELAY: 'true' } })
    const authorize = new URL('http://localhost:8001/oauth/authorize')
    authorize.search = new URLSearchParams({
      client_id: 'demo-rest-api-key',
      redirect_uri: OWN,
      response_type: 'code',
    }).toString()
    const back = await lax.kakao.authorize(authorize, HANEUL)
    const body = { code: back.searchParams.get('code'), redirect_uri: OWN }

    expect(await readJson(await postJson(world, CALLBACK, body))).toMatchObject({
      code: 'attempt_missing',
    })
    expect(
      await readJson(await postJson(lax, CALLBACK, { ...body, redirect_uri: APP })),
    ).toMatchObject({ code: 'redirect_uri_not_allowed' })
    expect(await readJson(await postJson(lax, CALLBACK, body))).toMatchObject({
      social_id: 'kakao_1000000001',
    })
    expect(await readJson(await postJson(lax, CALLBACK, body))).toMatchObject({ code: 'code_used' })
    await lax.close()
  })
})
