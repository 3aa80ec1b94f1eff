import { describe, expect, test } from 'vitest'
import { type Claims, generateSigningKey, signJws } from '../../src/jose/index.ts'
import { NOON } from '../_support/clock.ts'
import { login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, KAKAO } from '../_support/world.ts'

const key = await generateSigningKey('our-own')
const strangerKey = await generateSigningKey('our-own')
const now = NOON.getTime() / 1000

/** Logs in at a Kakao whose ID token is what `make` makes of a good one's claims. */
async function loginWith(make: (claims: Claims) => Promise<string> | string) {
  const world = await createWorld({
    async intercept(request, send) {
      const { pathname } = new URL(request.url)
      if (pathname === '/.well-known/jwks.json') return Response.json({ keys: [key.publicJwk] })
      const response = await send(request)
      if (pathname !== '/oauth/token') return response
      const answer = await readJson(response)
      const [, body = ''] = String(answer.id_token).split('.')
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims
      return Response.json({ ...answer, id_token: await make(claims) })
    },
  })
  const response = await login(world, world.browser(), HANEUL)
  const body = await readJson(response)
  await world.close()
  return { status: response.status, code: body.code }
}

test('a good one signs in', async () => {
  expect(await loginWith((claims) => signJws(claims, key))).toEqual({ status: 200 })
})

describe('a bad one is refused', () => {
  test.each<[string, Claims, string]>([
    ['another issuer', { iss: 'https://kauth.kakao.com' }, 'id_token_invalid'],
    ['the issuer with a slash', { iss: `${KAKAO}/` }, 'id_token_invalid'],
    ['another audience', { aud: 'another-app' }, 'id_token_invalid'],
    ['no audience', { aud: undefined }, 'id_token_invalid'],
    ['expired', { exp: now - 61 }, 'id_token_invalid'],
    ['no expiry', { exp: undefined }, 'id_token_invalid'],
    ['no subject', { sub: undefined }, 'id_token_invalid'],
    ['a subject that is no id', { sub: 'haneul' }, 'id_token_invalid'],
    ['another nonce', { nonce: 'another' }, 'nonce_mismatch'],
    ['no nonce', { nonce: undefined }, 'nonce_mismatch'],
  ])('%s', async (_title, change, code) => {
    const made = await loginWith((claims) => signJws({ ...claims, ...change }, key))

    expect(made).toEqual({ status: 400, code })
  })

  test('a wrong signature', async () => {
    expect(await loginWith((claims) => signJws(claims, strangerKey))).toEqual({
      status: 400,
      code: 'id_token_invalid',
    })
  })

  test('an unknown key', async () => {
    const unknown = { ...key, kid: 'unknown' }
    expect(await loginWith((claims) => signJws(claims, unknown))).toEqual({
      status: 400,
      code: 'id_token_invalid',
    })
  })

  test.each(['none', 'HS256', 'RS512'])('the algorithm %s', async (alg) => {
    const made = await loginWith((claims) => {
      const parts = [{ alg, kid: key.kid }, claims].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      )
      return `${parts.join('.')}.`
    })

    expect(made).toEqual({ status: 400, code: 'id_token_invalid' })
  })

  test.each(['', 'a.b', 'not a token', 'a.b.c.d'])('%j', async (text) => {
    const { status } = await loginWith(() => text)
    // An empty one counts as none sent; the profile is read instead.
    expect(status).toBe(text === '' ? 200 : 400)
  })
})
