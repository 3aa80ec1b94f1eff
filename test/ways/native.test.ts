import { createHash, createHmac, createPublicKey } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startHousekeeping } from '../../src/housekeeping.ts'
import { type Claims, generateSigningKey, signJws } from '../../src/jose/index.ts'
import { createClock, NOON } from '../_support/clock.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { type Json, readJson } from '../_support/login.ts'
import { createSharedStore } from '../_support/shared-store.ts'
import { askSession, postJson } from '../_support/ways.ts'
import { createWorld, KAKAO, type World, type WorldOptions } from '../_support/world.ts'

const NATIVE = '/oauth/kakao/login/native/'
const key = await generateSigningKey('kakao-s-own')
const now = NOON.getTime() / 1000
let keySetsFetched = 0

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

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** What a verifier that lets the token choose the algorithm would take for good (RFC 8725, 2.1). */
function signHs256(body: string): string {
  const publicKey = createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' })
  const secret = publicKey.export({ type: 'spki', format: 'pem' })
  const input = `${encode({ alg: 'HS256', kid: key.kid })}.${body}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

async function openWorld(
  environment: Record<string, string> = {},
  intercept?: WorldOptions['intercept'],
): Promise<World> {
  return await createWorld({
    environment: { KAKAO_NATIVE_APP_KEY: 'demo-native-app-key', ...environment },
    async intercept(request, send) {
      if (request.url.endsWith('/jwks.json')) {
        keySetsFetched += 1
        return Response.json({ keys: [key.publicJwk] })
      }
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

  test.each<[string, (parts: string[]) => string]>([
    ['without a signature', ([head, body]) => `${head}.${body}.`],
    ['of algorithm none', ([, body]) => `${encode({ alg: 'none', kid: key.kid })}.${body}.`],
    ['signed with the public key as a secret', ([, body = '']) => signHs256(body)],
    ['that names no key', ([, body, tail]) => `${encode({ alg: 'RS256' })}.${body}.${tail}`],
    ['with more behind it', (parts) => `${parts.join('.')}.x`],
    ['padded', (parts) => `${parts.join('.')}=`],
    ['with a line break behind it', (parts) => `${parts.join('.')}\n`],
    ['altered', ([head, , tail]) => `${head}.${encode({ iss: KAKAO, sub: '1' })}.${tail}`],
  ])('%s is refused', async (_title, forge) => {
    const id_token = forge((await idToken()).split('.'))
    const response = await postJson(world, NATIVE, { id_token })
    expect(response.status).toBe(400)
    expect(await readJson(response)).toMatchObject({ code: 'id_token_invalid' })
  })

  test('of a key that Kakao does not publish is looked for once in ten seconds', async () => {
    const stranger = await generateSigningKey('stranger')
    const id_token = await signJws({ iss: KAKAO }, stranger)
    const before = keySetsFetched
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await readJson(await postJson(world, NATIVE, { id_token }))).toMatchObject({
        code: 'id_token_invalid',
      })
    }
    expect(keySetsFetched - before).toBe(1)
  })

  test('for several of our keys is good, for another app beside them it is not', async () => {
    const ours = ['demo-native-app-key', 'demo-rest-api-key']
    const good = await idToken({ aud: ours })
    const shared = await idToken({ aud: [...ours, 'another-app'], azp: undefined })

    expect((await postJson(world, NATIVE, { id_token: good })).status).toBe(200)
    expect(await readJson(await postJson(world, NATIVE, { id_token: shared }))).toMatchObject({
      code: 'id_token_invalid',
    })
  })

  test('and an access token of ours are no substitute for each other', async () => {
    const id_token = await idToken()
    const { access_token } = await readJson(await postJson(world, NATIVE, { id_token }))

    expect((await askSession(world, await idToken({ jti: 'another' }))).status).toBe(401)
    expect(await readJson(await postJson(world, NATIVE, { id_token: access_token }))).toMatchObject(
      {
        code: 'id_token_invalid',
      },
    )
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
    [-101, 400, 401, 'kakao_token_refused'],
    [-406, 401, 401, 'kakao_token_refused'],
  ])('answered with %i (%i): %i %s', async (kapi, sent, status, code) => {
    const { response, body } = await post({
      [INFO]: () => Response.json({ code: kapi, msg: 'a text of theirs' }, { status: sent }),
    })
    expect(response.status).toBe(status)
    expect(body).toMatchObject({ code, kakao_code: kapi })
    expect(response.headers.has('retry-after')).toBe(status === 503)
    expect(response.headers.has('www-authenticate')).toBe(status === 401)
  })

  test('refused because our address is not allowed: the log says that it may be so', async () => {
    const { response, log } = await post({
      [INFO]: () =>
        Response.json({ code: -401, msg: 'ip mismatched! callerIp=1' }, { status: 401 }),
    })
    expect(response.status).toBe(401)
    expect(log).toContain('IP address is not allowed')
    expect(log).not.toContain('callerIp')
  })

  test.each<[string, () => Response]>([
    ['answers HTML', () => new Response('<h1>down</h1>')],
    ['answers 500', () => new Response('down', { status: 500 })],
    ['says slow down', () => new Response('slow down', { status: 429 })],
    ['names no app', () => Response.json({ id: 7, expires_in: 100 })],
    [
      'hangs up',
      () => {
        throw new TypeError('fetch failed')
      },
    ],
  ])('while kapi %s: 503', async (_title, answer) => {
    const { response, body } = await post({ [INFO]: answer })
    expect(response.status).toBe(503)
    expect(response.headers.has('retry-after')).toBe(true)
    expect(body).toMatchObject({ code: 'kakao_unavailable' })
  })

  test.each(['\u{d55c}\u{ae00}', 'a\nb: c', 'a b', 'x'.repeat(30_000)])(
    'that can be none is refused: %.5j',
    async (access_token) => {
      const world = await openWorld()
      const response = await postJson(world, NATIVE, { access_token })
      await world.close()
      expect(await readJson(response)).toMatchObject({ code: 'kakao_token_refused' })
    },
  )

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

describe("the SDK's own calls", () => {
  const redirect_uri = 'kakaodemo-native-app-key://oauth'
  const client_id = 'demo-native-app-key'
  const verifier = 'a-verifier-of-the-sdk-that-is-43-characters-long'

  /** Signs in at Kakao as the SDK does. */
  async function signInAtKakao({ kakao }: World): Promise<Json> {
    const authorize = new URL(`${KAKAO}/oauth/authorize`)
    authorize.search = new URLSearchParams({
      client_id,
      redirect_uri,
      response_type: 'code',
      nonce: 'of the app',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString()
    const back = await kakao.authorize(authorize, { id: '1000000001' })
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id,
      redirect_uri,
      code: back.searchParams.get('code') ?? '',
      code_verifier: verifier,
    })
    const request = new Request(`${KAKAO}/oauth/token`, { method: 'POST', body })
    return await readJson(await kakao.fetch(request))
  }

  test.each<[string, (tokens: Json) => object]>([
    ['an ID token', ({ id_token }) => ({ id_token, nonce: 'of the app' })],
    ['an access token', ({ access_token }) => ({ access_token })],
  ])('lead in with %s, and out again at Kakao too', async (_title, toProof) => {
    const world = await createWorld({ environment: { KAKAO_NATIVE_APP_KEY: client_id } })
    const kakaoTokens = await signInAtKakao(world)
    const atKakao = async () => {
      const headers = { authorization: `Bearer ${kakaoTokens.access_token}` }
      return (await world.kakao.fetch(new Request(`${KAKAO}/v2/user/me`, { headers }))).status
    }

    const tokens = await readJson(await postJson(world, NATIVE, toProof(kakaoTokens)))
    expect(tokens).toMatchObject({ social_id: 'kakao_1000000001' })
    expect(await atKakao()).toBe(200)

    const bearer = { authorization: `Bearer ${tokens.access_token}` }
    await postJson(world, '/logout/', { kakao: 'token' }, bearer)
    expect(await atKakao()).toBe(401)
    await world.close()
  })
})

describe.each(ENGINES)('an ID token at two instances on $name', (engine) => {
  test('is known as used, although one clock is ahead and what is over is swept by it', async () => {
    const store = await createSharedStore(engine)
    const environment = { KAKAO_NATIVE_APP_KEY: 'demo-native-app-key' }
    const intercept = async () => Response.json({ keys: [key.publicJwk] })
    const one = await store.open({ environment, intercept })
    const ahead = createClock(new Date(NOON.getTime() + 120_000))
    const id_token = await idToken()
    expect((await postJson(one, NATIVE, { id_token })).status).toBe(200)

    one.clock.advance(630_000)
    ahead.advance(630_000)
    await sweep(store.url, ahead.now)

    expect(await readJson(await postJson(one, NATIVE, { id_token }))).toMatchObject({
      code: 'id_token_used',
    })
    await store.close()
  })

  test('at the same instant signs in at one of them', async () => {
    const store = await createSharedStore(engine)
    const options = {
      environment: { KAKAO_NATIVE_APP_KEY: 'demo-native-app-key' },
      intercept: async () => Response.json({ keys: [key.publicJwk] }),
    }
    const instances = [await store.open(options), await store.open(options)]
    const id_token = await idToken()

    const answers = await Promise.all(instances.map((one) => postJson(one, NATIVE, { id_token })))

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    await store.close()
  })
})

/** Removes what is over, as an instance with that clock would. */
async function sweep(url: string, now: () => Date): Promise<void> {
  const { db } = await openStoreAt(url)
  const onError = (error: unknown) => {
    throw error
  }
  const housekeeping = startHousekeeping({ db, now, claimMaxAgeMs: 0, chores: [], onError })
  await housekeeping.sweep()
  await housekeeping.stop()
  await db.destroy()
}
