import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Claims, generateSigningKey, signJws } from '../../src/jose/index.ts'
import { NOON } from '../_support/clock.ts'
import { readJson } from '../_support/login.ts'
import { askSession, postJson } from '../_support/ways.ts'
import { createWorld, KAKAO, type World, type WorldOptions } from '../_support/world.ts'

const NATIVE = '/oauth/kakao/login/native/'
const key = await generateSigningKey('kakao-s-own')
const now = NOON.getTime() / 1000

/** What Kakao's SDK would get for a person, as far as we look at it. */
async function idToken(change: Claims = {}, typ = 'JWT'): Promise<string> {
  const claims = {
    iss: KAKAO,
    aud: 'demo-native-app-key',
    sub: '1000000001',
    iat: now,
    exp: now + 43_199,
    auth_time: now,
    nickname: '김하늘',
    email: 'haneul@example.com',
    ...change,
  }
  return await signJws(claims, key, typ)
}

async function openWorld(
  environment: Record<string, string> = {},
  intercept?: WorldOptions['intercept'],
): Promise<World> {
  return await createWorld({
    environment: { KAKAO_NATIVE_APP_KEY: 'demo-native-app-key', ...environment },
    async intercept(request, send) {
      if (request.url.endsWith('/jwks.json')) return Response.json({ keys: [key.publicJwk] })
      return intercept ? await intercept(request, send) : await send(request)
    },
  })
}

describe('an ID token', () => {
  let world: World

  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  test('signs in without a call to Kakao', async () => {
    const response = await postJson(world, NATIVE, { id_token: await idToken() })
    const body = await readJson(response)

    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()).toEqual([])
    expect(body).toMatchObject({
      token_type: 'Bearer',
      social_type: 'kakao',
      social_id: 'kakao_1000000001',
      user_email: 'haneul@example.com',
      is_new_user: true,
    })
    expect((await askSession(world, String(body.access_token))).status).toBe(200)
    expect(world.takeCallsToKakao()).toEqual([])
  })

  test('for the REST API key signs in too', async () => {
    const token = await idToken({ aud: 'demo-rest-api-key' })
    expect((await postJson(world, NATIVE, { id_token: token })).status).toBe(200)
  })

  test('works once, even thirty-two times at once', async () => {
    const id_token = await idToken()
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => postJson(world, NATIVE, { id_token })),
    )
    const bodies = await Promise.all(answers.map(readJson))

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(bodies.filter(({ code }) => code === 'id_token_used')).toHaveLength(31)
  })

  test('refused for another reason is not used up', async () => {
    const id_token = await idToken({ nonce: 'n' })
    const refused = await postJson(world, NATIVE, { id_token, nonce: 'another' })

    expect(await readJson(refused)).toMatchObject({ code: 'nonce_mismatch' })
    expect((await postJson(world, NATIVE, { id_token, nonce: 'n' })).status).toBe(200)
  })

  test('eleven minutes old is just good enough, a second more is not', async () => {
    const good = await idToken({ iat: now - 660 })
    const stale = await idToken({ iat: now - 661 })

    expect((await postJson(world, NATIVE, { id_token: good })).status).toBe(200)
    expect(await readJson(await postJson(world, NATIVE, { id_token: stale }))).toMatchObject({
      status: 400,
      code: 'id_token_stale',
    })
  })

  test('from a clock a minute ahead is good, more is not', async () => {
    const ahead = await idToken({ iat: now + 60 })
    const tooFar = await idToken({ iat: now + 61 })

    expect((await postJson(world, NATIVE, { id_token: ahead })).status).toBe(200)
    expect(await readJson(await postJson(world, NATIVE, { id_token: tooFar }))).toMatchObject({
      code: 'id_token_invalid',
    })
  })

  test.each<[string, Claims]>([
    ['of another app', { aud: 'another-native-key' }],
    ['of another issuer', { iss: 'https://kauth.kakao.com' }],
    ['that has expired', { iat: now - 400, exp: now - 61 }],
    ['without a subject', { sub: undefined }],
  ])('%s is refused', async (_title, change) => {
    const response = await postJson(world, NATIVE, { id_token: await idToken(change) })
    expect(response.status).toBe(400)
    expect(await readJson(response)).toMatchObject({ code: 'id_token_invalid' })
  })

  test('that is an access token of ours, or an event of Kakao, is refused', async () => {
    for (const typ of ['at+jwt', 'secevent+jwt']) {
      const response = await postJson(world, NATIVE, { id_token: await idToken({}, typ) })
      expect(await readJson(response)).toMatchObject({ code: 'id_token_invalid' })
    }
  })

  test('that tells nothing but the id is refused', async () => {
    const token = await idToken({ nickname: undefined, email: undefined })
    expect(await readJson(await postJson(world, NATIVE, { id_token: token }))).toMatchObject({
      code: 'account_facts_missing',
    })
  })
})

describe('the nonce', () => {
  const hashed = createHash('sha256').update('n').digest('base64url')

  test.each<[string, string | undefined, string | undefined, number]>([
    ['if-present', undefined, undefined, 200],
    ['if-present', 'n', 'n', 200],
    ['if-present', 'n', undefined, 400],
    ['if-present', undefined, 'n', 400],
    ['required', 'n', 'n', 200],
    ['required', undefined, undefined, 400],
    ['required', undefined, 'n', 400],
    ['s256', 'n', hashed, 200],
    ['s256', 'n', 'n', 400],
    ['s256', undefined, undefined, 400],
  ])('%s: %j given, %j in the token: %i', async (policy, given, inToken, status) => {
    const world = await openWorld({ KAKAO_NATIVE_NONCE: policy })
    const id_token = await idToken({ nonce: inToken })
    const response = await postJson(world, NATIVE, { id_token, nonce: given })
    await world.close()

    expect(response.status).toBe(status)
    if (status === 400) expect(await readJson(response)).toMatchObject({ code: 'nonce_mismatch' })
  })
})

describe('an access token', () => {
  const INFO = '/v1/user/access_token_info'
  const ME = '/v2/user/me'

  /** A kapi that says of every token what is given here. */
  async function post(
    answers: { [path: string]: () => Response },
    environment: Record<string, string> = {},
  ) {
    const world = await openWorld(environment, async (request, send) => {
      const answer = answers[new URL(request.url).pathname]
      return answer ? answer() : await send(request)
    })
    const response = await postJson(world, NATIVE, { access_token: 'a-token-of-kakao' })
    const calls = world.takeCallsToKakao()
    await world.close()
    return { response, calls, body: await readJson(response), log: JSON.stringify(world.log) }
  }

  const info = (app_id: number) => () => Response.json({ id: 7, expires_in: 100, app_id })
  const me = () =>
    Response.json({ id: 7, kakao_account: { email_needs_agreement: false, email: 'a@b.example' } })

  test('of our app signs in', async () => {
    const { response, body } = await post({ [INFO]: info(123456), [ME]: me })
    expect(response.status).toBe(200)
    expect(body).toMatchObject({ social_id: 'kakao_7', user_email: 'a@b.example' })
  })

  test('of another app is refused before anything is read', async () => {
    const { response, body, log } = await post({ [INFO]: info(654321) })
    expect(response.status).toBe(401)
    expect(body).toMatchObject({ code: 'kakao_token_foreign' })
    expect(log).not.toContain('a-token-of-kakao')
  })

  test.each([
    [-401, 401, 401, 'kakao_token_refused'],
    [-2, 400, 401, 'kakao_token_refused'],
    [-1, 400, 503, 'kakao_unavailable'],
    [-7, 400, 503, 'kakao_unavailable'],
    [-10, 400, 503, 'kakao_unavailable'],
    [-10, 429, 503, 'kakao_unavailable'],
    [-9798, 503, 503, 'kakao_unavailable'],
  ])('answered with %i (%i): %i %s', async (kapi, sent, status, code) => {
    const { response, body } = await post({
      [INFO]: () => Response.json({ code: kapi, msg: 'a text of theirs' }, { status: sent }),
    })
    expect(response.status).toBe(status)
    expect(body).toMatchObject({ code, kakao_code: kapi })
    expect(response.headers.has('retry-after')).toBe(status === 503)
    expect(response.headers.has('www-authenticate')).toBe(status === 401)
  })

  test('while kapi answers HTML: 503', async () => {
    const { response, body } = await post({ [INFO]: () => new Response('<h1>down</h1>') })
    expect(response.status).toBe(503)
    expect(body).toMatchObject({ code: 'kakao_unavailable' })
  })

  test('is not accepted where our app id is not known', async () => {
    const real = { KAKAO_REST_API_KEY: 'k', KAKAO_KAUTH_URL: KAKAO, KAKAO_KAPI_URL: KAKAO }
    const { response, body } = await post({}, real)
    expect(response.status).toBe(400)
    expect(body).toMatchObject({ code: 'access_token_not_accepted' })
  })
})

test.each([
  ['nothing', {}],
  ['both', { id_token: 'a', access_token: 'b' }],
  ['a bare Kakao id', { id: '1000000001', social_id: 'kakao_1000000001' }],
  ['a token that is no text', { id_token: 1 }],
])('%s is refused', async (_title, body) => {
  const world = await openWorld()
  const response = await postJson(world, NATIVE, body)
  await world.close()

  expect(response.status).toBe(400)
  expect(await readJson(response)).toMatchObject({ code: 'parameter_invalid' })
})

test("the SDK's own calls lead in, and out again at Kakao too", async () => {
  const world = await createWorld()
  const verifier = 'a-verifier-of-the-sdk-that-is-43-characters-long'
  const redirect_uri = 'kakaodemo-native-app-key://oauth'
  const client_id = 'demo-native-app-key'
  const authorize = new URL(`${KAKAO}/oauth/authorize`)
  authorize.search = new URLSearchParams({
    client_id,
    redirect_uri,
    response_type: 'code',
    nonce: 'of the app',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const back = await world.kakao.authorize(authorize, { id: '1000000001' })
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id,
    redirect_uri,
    code: back.searchParams.get('code') ?? '',
    code_verifier: verifier,
  })
  const kakaoTokens = await readJson(
    await world.kakao.fetch(new Request(`${KAKAO}/oauth/token`, { method: 'POST', body })),
  )
  const atKakao = async () => {
    const headers = { authorization: `Bearer ${kakaoTokens.access_token}` }
    return (await world.kakao.fetch(new Request(`${KAKAO}/v2/user/me`, { headers }))).status
  }

  for (const proof of [
    { id_token: kakaoTokens.id_token, nonce: 'of the app' },
    { access_token: kakaoTokens.access_token },
  ]) {
    const native = { KAKAO_NATIVE_APP_KEY: client_id }
    const server = await createWorld({
      environment: native,
      intercept: async (request) => await world.kakao.fetch(request),
    })
    const signedIn = await postJson(server, NATIVE, proof)
    const tokens = await readJson(signedIn)
    expect(tokens).toMatchObject({ social_id: 'kakao_1000000001' })
    expect(await atKakao()).toBe(200)
    if ('access_token' in proof) {
      const bearer = { authorization: `Bearer ${tokens.access_token}` }
      await postJson(server, '/logout/', { kakao: 'token' }, bearer)
      expect(await atKakao()).toBe(401)
    }
    await server.close()
  }
  await world.close()
})
