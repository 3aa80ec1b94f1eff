import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Claims, decodeJws, generateSigningKey, signJws } from '../../src/jose/index.ts'
import { createVerifier, KeysUnavailableError, type Verifier } from '../../src/verify/index.ts'
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
    ['our token of another API', { aud: 'https://api.example' }, 'at+jwt', 'audience_mismatch'],
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
  test('out of reach at first: nobody knows, and they are asked for once a second', async () => {
    const { access_token } = await loginByRelay(world)
    isDown = true
    for (let turn = 0; turn < 20; turn += 1) {
      await expect(verifier.verify(access_token)).rejects.toThrow(KeysUnavailableError)
    }
    expect(fetches).toBe(1)

    isDown = false
    world.clock.advance(1000)
    await verifier.verify(access_token)
    expect(fetches).toBe(2)
  })

  test('out of reach, with a clock set back since: asked for all the same', async () => {
    const { access_token } = await loginByRelay(world)
    world.clock.advance(60_000)
    isDown = true
    await expect(verifier.verify(access_token)).rejects.toThrow(KeysUnavailableError)
    isDown = false
    world.clock.advance(-60_000)
    await verifier.verify(access_token)
  })

  test('many at once wait for one fetch', async () => {
    const { access_token } = await loginByRelay(world)
    await Promise.all(Array.from({ length: 32 }, () => verifier.verify(access_token)))
    expect(fetches).toBe(1)
  })

  test.each<[string, () => Response]>([
    ['HTML', () => new Response('<h1>down</h1>')],
    ['an error', () => Response.json({ keys: [] }, { status: 500 })],
    ['null', () => Response.json(null)],
    ['another document', () => Response.json({ issuer: ISSUER, jwks_uri: 'https://evil.example' })],
    ['keys for other uses', () => Response.json({ keys: [{ kty: 'RSA', kid: 'k', use: 'enc' }] })],
  ])('are %s: nobody knows', async (_title, answer) => {
    const { access_token } = await loginByRelay(world)
    const confused = createVerifier({ issuer: ISSUER, fetch: async () => answer() })
    await expect(confused.verify(access_token)).rejects.toThrow(KeysUnavailableError)
  })

  test('are more than a set can be: nobody knows, and nobody reads on', async () => {
    const { access_token } = await loginByRelay(world)
    let sentBytes = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sentBytes += 4096
        controller.enqueue(new Uint8Array(4096).fill(32))
      },
    })
    const flooded = createVerifier({ issuer: ISSUER, fetch: async () => new Response(body) })

    await expect(flooded.verify(access_token)).rejects.toThrow(KeysUnavailableError)
    expect(sentBytes).toBeLessThan(100_000)
  })

  test('are not fetched from where a redirect leads', async () => {
    const { access_token } = await loginByRelay(world)
    const asked: (string | undefined)[] = []
    const careful = createVerifier({
      issuer: ISSUER,
      now: world.clock.now,
      async fetch(input, init) {
        asked.push(init?.redirect)
        return await toWorld(input)
      },
    })
    await careful.verify(access_token)
    expect(asked).toEqual(['error'])
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

test('an issuer may be written with the slash that PUBLIC_URL has at its end', async () => {
  const { access_token } = await loginByRelay(world)
  const slashed = createVerifier({ issuer: `${ISSUER}/`, now: world.clock.now, fetch: toWorld })
  expect((await slashed.verify(access_token)).iss).toBe(ISSUER)
})
