import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Claims, decodeJws, generateSigningKey, signJws } from '../../src/jose/index.ts'
import {
  type AccessTokenClaims,
  createVerifier,
  expressAuth,
  fastifyAuth,
  honoAuth,
  KeysUnavailableError,
  type Verifier,
} from '../../src/verify/index.ts'
import { NOON } from '../_support/clock.ts'
import { loginByRelay } from '../_support/ways.ts'
import { createWorld, type World } from '../_support/world.ts'

const ISSUER = 'http://localhost:8000'
const now = NOON.getTime() / 1000

let world: World
let verifier: Verifier
let fetches: number
let isDown: boolean

beforeEach(async () => {
  world = await createWorld()
  fetches = 0
  isDown = false
  verifier = createVerifier({ issuer: ISSUER, now: world.clock.now, fetch: toWorld })
})
afterEach(() => world.close())

async function toWorld(input: Parameters<typeof fetch>[0]): Promise<Response> {
  fetches += 1
  if (isDown) throw new TypeError('fetch failed')
  return await world.daemun.fetch(new Request(input))
}

describe('a token of ours', () => {
  test('is accepted, and says who it is', async () => {
    const { access_token, user } = await loginByRelay(world)

    expect(await verifier.verify(access_token)).toEqual(decodeJws(access_token).claims)
    expect((await verifier.verify(access_token)).sub).toBe((user as { id: string }).id)
    expect(fetches).toBe(1)
  })

  test('is good until a minute after it expires, for clocks that differ', async () => {
    const { access_token } = await loginByRelay(world)
    world.clock.advance(959_999)
    await verifier.verify(access_token)
    world.clock.advance(1)
    await expect(verifier.verify(access_token)).rejects.toMatchObject({ code: 'expired' })
  })

  test('altered, or for somebody else, is refused', async () => {
    const { access_token } = await loginByRelay(world)
    const [head = '', body = '', tail = ''] = access_token.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'x' })).toString('base64url')

    await expect(verifier.verify(`${head}.${forged}.${tail}`)).rejects.toMatchObject({
      code: 'signature_invalid',
    })
    const other = createVerifier({
      issuer: ISSUER,
      audience: 'https://api.example',
      now: world.clock.now,
      fetch: toWorld,
    })
    await expect(other.verify(access_token)).rejects.toMatchObject({ code: 'audience_mismatch' })
  })

  test.each(['', 'x', 'a.b.c'])('%j is none', async (token) => {
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'malformed' })
  })
})

describe('a token that the issuer would never make', async () => {
  const key = await generateSigningKey('k')
  const good = {
    iss: ISSUER,
    aud: ISSUER,
    sub: 'usr_1',
    sid: 'ses_1',
    client_id: 'daemun',
    iat: now,
    exp: now + 900,
    jti: 'j',
    auth_time: now,
  }
  const ofKey = createVerifier({
    issuer: ISSUER,
    now: () => NOON,
    fetch: async () => Response.json({ keys: [key.publicJwk] }),
  })

  test('a good one is good, as the others differ from it in one thing', async () => {
    await ofKey.verify(await signJws(good, key, 'at+jwt'))
  })

  test.each<[string, Claims, string, string]>([
    ['an ID token', {}, 'JWT', 'type_mismatch'],
    ['an event', {}, 'secevent+jwt', 'type_mismatch'],
    ['another issuer', { iss: `${ISSUER}/` }, 'at+jwt', 'issuer_mismatch'],
    ['another audience', { aud: ['a', 'b'] }, 'at+jwt', 'audience_mismatch'],
    ['no expiry', { exp: undefined }, 'at+jwt', 'malformed'],
    ['no session', { sid: undefined }, 'at+jwt', 'malformed'],
    ['from the future', { iat: now + 61 }, 'at+jwt', 'issued_in_future'],
  ])('%s', async (_title, change, typ, code) => {
    const token = await signJws({ ...good, ...change }, key, typ)
    await expect(ofKey.verify(token)).rejects.toMatchObject({ name: 'TokenInvalidError', code })
  })

  test.each(['none', 'HS256'])('the algorithm %s', async (alg) => {
    const parts = [{ alg, kid: 'k', typ: 'at+jwt' }, good].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    )
    await expect(ofKey.verify(`${parts.join('.')}.`)).rejects.toMatchObject({
      code: 'algorithm_not_allowed',
    })
  })

  test('an unknown key', async () => {
    const token = await signJws(good, { ...key, kid: 'other' }, 'at+jwt')
    await expect(ofKey.verify(token)).rejects.toMatchObject({ code: 'key_unknown' })
  })
})

describe('the keys', () => {
  test('out of reach at first: nobody knows', async () => {
    const { access_token } = await loginByRelay(world)
    isDown = true
    await expect(verifier.verify(access_token)).rejects.toThrow(KeysUnavailableError)
    isDown = false
    await verifier.verify(access_token)
  })

  test('once had, serve on while the issuer is away', async () => {
    const { access_token } = await loginByRelay(world)
    await verifier.verify(access_token)
    isDown = true
    world.clock.advance(600_000)
    await verifier.verify(access_token)
  })

  test('a new one is found by one search, unknown ones are not searched for at each token', async () => {
    const { access_token } = await loginByRelay(world)
    await verifier.verify(access_token)
    await world.daemun.rotateSigningKey({ now: true })
    world.clock.advance(5000)
    const { access_token: newer } = await loginByRelay(world)

    await verifier.verify(newer)
    expect(fetches).toBe(2)
    const stranger = await generateSigningKey('stranger')
    const token = await signJws({}, stranger, 'at+jwt')
    for (let turn = 0; turn < 3; turn += 1) {
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'key_unknown' })
    }
    expect(fetches).toBe(2)
  })
})

describe('in front of an API', () => {
  /** Asks an API through each framework's guard. */
  const frameworks: [
    string,
    (header?: string) => Promise<{ status: number; headers: Headers; body: unknown }>,
  ][] = [
    ['Hono', askHono],
    ['Express', askExpress],
    ['Fastify', askFastify],
  ]

  test.each(frameworks)('%s lets a good token through, with who it is', async (_name, ask) => {
    const { access_token, user } = await loginByRelay(world)
    const answer = await ask(`Bearer ${access_token}`)
    expect(answer).toMatchObject({ status: 200, body: { sub: (user as { id: string }).id } })
  })

  test.each(frameworks)('%s refuses none and a bad one with 401', async (_name, ask) => {
    const none = await ask()
    const bad = await ask('Bearer x')
    expect([none.status, bad.status]).toEqual([401, 401])
    expect(none.headers.get('www-authenticate')).toBe('Bearer')
    expect(bad.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  })

  test.each(frameworks)('%s answers 503 while the keys are out of reach', async (_name, ask) => {
    const { access_token } = await loginByRelay(world)
    isDown = true
    const answer = await ask(`Bearer ${access_token}`)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
  })

  async function askHono(header?: string) {
    const app = new Hono<{ Variables: { user: AccessTokenClaims } }>()
    app.use(honoAuth(verifier))
    app.get('/', (c) => c.json({ sub: c.get('user').sub }))
    const response = await app.request('/', header ? { headers: { authorization: header } } : {})
    return { status: response.status, headers: response.headers, body: await response.json() }
  }

  async function askExpress(header?: string) {
    const request: { headers: object; user?: AccessTokenClaims } = {
      headers: header ? { authorization: header } : {},
    }
    const answer = { status: 200, headers: new Headers(), body: undefined as unknown }
    const response = {
      status(code: number) {
        answer.status = code
        return this
      },
      set(headers: Readonly<Record<string, string>>) {
        answer.headers = new Headers(headers)
        return this
      },
      json(body: unknown) {
        answer.body = body
      },
    }
    await expressAuth(verifier)(request, response, () => {
      answer.body = { sub: request.user?.sub }
    })
    return answer
  }

  async function askFastify(header?: string) {
    const request: { headers: object; user?: AccessTokenClaims } = {
      headers: header ? { authorization: header } : {},
    }
    const answer = { status: 200, headers: new Headers(), body: undefined as unknown }
    const reply = {
      code(status: number) {
        answer.status = status
        return this
      },
      headers(headers: Readonly<Record<string, string>>) {
        answer.headers = new Headers(headers)
        return this
      },
      send(body: unknown) {
        answer.body = body
        return this
      },
    }
    const sent = await fastifyAuth(verifier)(request, reply)
    if (sent === undefined) answer.body = { sub: request.user?.sub }
    return answer
  }
})
