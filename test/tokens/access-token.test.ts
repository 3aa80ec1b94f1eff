import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodeJws } from '../../src/jose/index.ts'
import { ENGINES, SQLITE } from '../_support/engines.ts'
import { readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { askSession, loginByRelay, refresh } from '../_support/ways.ts'
import { createWorld, type World } from '../_support/world.ts'

let world: World

beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

async function publishedKids(): Promise<string[]> {
  const { keys } = (await (await world.browser().get('/.well-known/jwks.json')).json()) as {
    keys: { kid: string }[]
  }
  return keys.map(({ kid }) => kid)
}

test('an access token is a JWT of RFC 9068, without personal data', async () => {
  const { access_token, user } = await loginByRelay(world)
  const { header, claims } = decodeJws(access_token)

  expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: (await publishedKids())[0] })
  expect(claims).toEqual({
    iss: 'http://localhost:8000',
    aud: 'http://localhost:8000',
    sub: (user as { id: string }).id,
    sid: expect.stringMatching(/^ses_/),
    client_id: 'daemun',
    iat: 1767268800,
    exp: 1767268800 + 900,
    jti: expect.any(String),
    auth_time: 1767268800,
  })
})

test('TOKEN_AUDIENCE and ACCESS_TOKEN_TTL are its own to choose', async () => {
  const other = await createWorld({
    environment: { TOKEN_AUDIENCE: 'https://api.example', ACCESS_TOKEN_TTL: '5m' },
  })
  const { access_token, expires_in } = await loginByRelay(other)
  const { aud, exp, iat } = decodeJws(access_token).claims
  await other.close()

  expect(aud).toBe('https://api.example')
  expect([expires_in, Number(exp) - Number(iat)]).toEqual([300, 300])
})

describe('our own endpoints', () => {
  test('refuse it from the instant it expires', async () => {
    const { access_token } = await loginByRelay(world)
    world.clock.advance(899_999)
    expect((await askSession(world, access_token)).status).toBe(200)
    world.clock.advance(1)
    expect((await askSession(world, access_token)).status).toBe(401)
  })

  test('refuse an altered one, another kind of token, and rubbish', async () => {
    const { access_token, refresh_token } = await loginByRelay(world)
    const [head = '', body = '', tail = ''] = access_token.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'usr_other' })).toString(
      'base64url',
    )

    for (const token of [`${head}.${forged}.${tail}`, `${head}.${body}.`, refresh_token, 'x']) {
      const response = await askSession(world, token)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
    }
  })

  test.each<[string, Record<string, string>]>([
    ['audience', { TOKEN_AUDIENCE: 'https://api.example' }],
    ['issuer', { PUBLIC_URL: 'http://localhost:9000', TOKEN_AUDIENCE: 'http://localhost:8000' }],
  ])('refuse one of another %s, although the key is theirs', async (_title, environment) => {
    const store = await createSharedStore(SQLITE)
    const one = await store.open()
    const other = await store.open({ environment })
    const { access_token } = await loginByRelay(one)

    expect((await askSession(one, access_token)).status).toBe(200)
    expect((await askSession(other, access_token)).status).toBe(401)
    await store.close()
  })

  test('a bad bearer token is not helped by a good cookie', async () => {
    const { access_token } = await loginByRelay(world)
    const response = await world.browser().get('/session/', {
      authorization: 'Bearer x',
      cookie: `daemun_session=${access_token}`,
    })
    expect(response.status).toBe(401)
  })
})

describe('signing keys', () => {
  test('the key set may be kept five minutes, and by anybody', async () => {
    const { headers } = await world.browser().get('/.well-known/jwks.json')
    expect(headers.get('cache-control')).toBe('public, max-age=300')
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  test('a new one is published within seconds, signs after ten minutes; the old one stays', async () => {
    const before = await loginByRelay(world)
    const [oldKid] = await publishedKids()
    world.clock.advance(1)
    const newKid = await world.daemun.rotateSigningKey()
    world.clock.advance(5000)

    expect(await publishedKids()).toEqual(expect.arrayContaining([oldKid, newKid]))
    world.clock.advance(595_000 - 1)
    const still = (await (await refresh(world, before.refresh_token)).json()) as {
      access_token: string
    }
    expect(decodeJws(still.access_token).header.kid).toBe(oldKid)
    world.clock.advance(1)
    const after = await loginByRelay(world)
    expect(decodeJws(after.access_token).header.kid).toBe(newKid)

    expect((await askSession(world, still.access_token)).status).toBe(200)
    // Five seconds more: an instance may hear of the new one so late.
    world.clock.advance(904_999)
    expect(await publishedKids()).toContain(oldKid)
    world.clock.advance(1)
    expect(await publishedKids()).toEqual([newKid])
  })

  test('with --now the new one signs at once', async () => {
    await loginByRelay(world)
    const newKid = await world.daemun.rotateSigningKey({ now: true })
    world.clock.advance(5000)

    const { access_token } = await loginByRelay(world)
    expect(decodeJws(access_token).header.kid).toBe(newKid)
    expect((await askSession(world, access_token)).status).toBe(200)
  })
})

describe.each(ENGINES)('two instances on one $name', (engine) => {
  let store: SharedStore

  beforeEach(async () => {
    store = await createSharedStore(engine)
  })
  afterEach(() => store.close())

  test('a token signed with a key made this very moment is known to the other', async () => {
    const [one, other] = [await store.open(), await store.open()]
    const before = await loginByRelay(one)
    expect((await askSession(other, before.access_token)).status).toBe(200)

    one.clock.advance(1)
    await one.daemun.rotateSigningKey({ now: true })
    const after = await loginByRelay(one)

    expect(decodeJws(after.access_token).header.kid).not.toBe(
      decodeJws(before.access_token).header.kid,
    )
    expect((await askSession(other, after.access_token)).status).toBe(200)
  })

  test('each makes its first key at the same time: both know both', async () => {
    const [one, other] = [await store.open(), await store.open()]
    await Promise.all([one, other].map((each) => each.browser().get('/.well-known/jwks.json')))
    const ofOne = await loginByRelay(one)
    const ofOther = await loginByRelay(other)

    expect((await askSession(other, ofOne.access_token)).status).toBe(200)
    expect((await askSession(one, ofOther.access_token)).status).toBe(200)
  })
})

test('a secret that is gone takes no login with it: a new key signs', async () => {
  const store = await createSharedStore(SQLITE)
  const before = await store.open({ environment: { SECRET_KEY: 'the first' } })
  const { access_token } = await loginByRelay(before)

  const after = await store.open({ environment: { SECRET_KEY: 'another' } })
  const tokens = await loginByRelay(after)
  expect((await askSession(after, tokens.access_token)).status).toBe(200)
  expect((await askSession(after, access_token)).status).toBe(200)
  await store.close()
})

test('the metadata names the endpoints', async () => {
  const response = await world.browser().get('/.well-known/oauth-authorization-server')
  expect(await readJson(response)).toMatchObject({
    issuer: 'http://localhost:8000',
    token_endpoint: 'http://localhost:8000/oauth/token/',
    revocation_endpoint: 'http://localhost:8000/oauth/revoke/',
    jwks_uri: 'http://localhost:8000/.well-known/jwks.json',
    code_challenge_methods_supported: ['S256'],
  })
})
