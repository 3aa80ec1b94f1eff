import { describe, expect, test } from 'vitest'
import { generateSigningKey, signJws } from '../../src/jose/index.ts'
import { clientAnswered, json, NOON, thrownBy } from './_support/fake-kakao.ts'
import { GOOD_CLAIMS, idToken, jwkSet, KEY, unsignedToken } from './_support/signing.ts'

const NOON_SECONDS = NOON.getTime() / 1000

describe('a good ID token', () => {
  test('tells who it is', async () => {
    const token = await idToken({
      nickname: '박솔',
      picture: 'http://k.kakaocdn.net/a.jpg',
      email: 'sol@example.com',
    })

    expect(await verify(token, { nonce: 'nonce-1' })).toEqual({
      subject: '1376016924429759228',
      issuedAt: new Date('2026-06-01T11:59:50Z'),
      expiresAt: new Date('2026-06-01T17:59:59Z'),
      authTime: new Date('2026-06-01T11:59:40Z'),
      nonce: 'nonce-1',
      nickname: '박솔',
      picture: 'https://k.kakaocdn.net/a.jpg',
      email: 'sol@example.com',
    })
  })

  test('needs no optional claim', async () => {
    const token = await idToken({ auth_time: undefined, nonce: undefined })

    expect(Object.keys(await verify(token))).toEqual(['subject', 'issuedAt', 'expiresAt'])
  })

  test('is not refused over optional claims of the wrong type', async () => {
    const token = await idToken({ auth_time: 'now', nickname: 7, picture: {}, email: null })

    const told = await verify(token)
    expect(Object.keys(told)).toEqual(['subject', 'issuedAt', 'expiresAt', 'nonce'])
  })

  test('gives no e-mail that its issuer calls unverified', async () => {
    const token = await idToken({ email: 'sol@example.com', email_verified: false })

    expect(await verify(token)).not.toHaveProperty('email')
  })

  test('may carry a nonce that nobody asked about', async () => {
    expect(await verify(await idToken(), {})).toMatchObject({ nonce: 'nonce-1' })
  })

  test.each([undefined, 'JWT', 'jwt', 'something'])('may have the type %s', async (typ) => {
    expect(await verify(await idToken({}, typ))).toHaveProperty('subject')
  })
})

describe('the signature', () => {
  test('of another key under a known name is refused', async () => {
    const stranger = await signJws(GOOD_CLAIMS, await generateSigningKey('key-1'))

    await expectRefusal(stranger, 'signature_invalid')
  })

  test('must be of a published key', async () => {
    await expectRefusal(await signJws(GOOD_CLAIMS, { ...KEY, kid: 'key-9' }), 'key_unknown')
  })

  test.each(['none', 'HS256', 'RS512'])('with the algorithm %s is refused', async (alg) => {
    await expectRefusal(unsignedToken({ alg, kid: 'key-1' }), 'algorithm_not_allowed')
  })

  test.each(['', 'a.b', 'a.b.c', 'x'.repeat(1000)])('is missing from "%s"', async (token) => {
    await expectRefusal(token, 'malformed')
  })

  test.each(['secevent+jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt', 'logout+jwt'])(
    'of a token of the type %s does not make it an ID token',
    async (typ) => {
      await expectRefusal(await idToken({}, typ), 'malformed')
    },
  )
})

describe('the issuer', () => {
  test.each([undefined, 'https://kauth.kakao.com/', 'https://kauth.kakao.com.example', 7])(
    '%s is refused',
    async (iss) => {
      await expectRefusal(await idToken({ iss }), 'issuer_mismatch')
    },
  )

  test('is the configured address of kauth', async () => {
    const { client } = clientAnswered(() => json(jwkSet(KEY)), {
      kauthUrl: 'http://localhost:8001/',
    })
    const token = await idToken({ iss: 'http://localhost:8001' })

    expect(await client.verifyIdToken(token, {})).toHaveProperty('subject')
  })
})

describe('the audience', () => {
  test.each([
    ['another app', 'other-key', undefined],
    ['nobody', undefined, undefined],
    ['an empty list', [], undefined],
    ['a list without us', ['other-key'], undefined],
    ['us and another', ['rest-key', 'other-key'], undefined],
    ['us and another, issued to that', ['rest-key', 'other-key'], 'other-key'],
    ['us, issued to another', 'rest-key', 'other-key'],
    ['a prefix of our key', 'rest', undefined],
    ['something else', { 0: 'rest-key' }, undefined],
  ])('%s is refused', async (_, aud, azp) => {
    await expectRefusal(await idToken({ aud, azp }), 'audience_mismatch')
  })

  test.each([
    ['us alone in a list', ['rest-key'], undefined],
    ['us and another, issued to us', ['rest-key', 'other-key'], 'rest-key'],
  ])('%s is accepted', async (_, aud, azp) => {
    expect(await verify(await idToken({ aud, azp }))).toHaveProperty('subject')
  })

  test('may be any of the keys that the caller names, and no other', async () => {
    const audiences = ['rest-key-2', 'native-key']

    expect(await verify(await idToken({ aud: 'native-key' }), { audiences })).toHaveProperty(
      'subject',
    )
    await expectRefusal(await idToken(), 'audience_mismatch', { audiences })
  })
})

describe('the times', () => {
  test.each([
    [{ exp: NOON_SECONDS - 59 }],
    [{ iat: NOON_SECONDS + 60 }],
    [{ iat: NOON_SECONDS - 59.5, exp: NOON_SECONDS + 0.5 }],
  ])('%j is within a minute of skew', async (times) => {
    expect(await verify(await idToken(times))).toHaveProperty('subject')
  })

  test.each([
    [{ exp: NOON_SECONDS - 60 }, 'expired'],
    [{ exp: 0 }, 'expired'],
    [{ iat: NOON_SECONDS + 61 }, 'issued_in_future'],
    [{ iat: NOON.getTime() }, 'issued_in_future'],
    [{ exp: undefined }, 'malformed'],
    [{ iat: undefined }, 'malformed'],
    [{ exp: String(NOON_SECONDS + 60) }, 'malformed'],
    [{ exp: 1e300 }, 'malformed'],
  ])('%j is refused as %s', async (times, code) => {
    await expectRefusal(await idToken(times), code)
  })
})

describe('the nonce', () => {
  test.each([undefined, '', 'nonce-2', 'nonce-', 'nonce-10', 7])('%s is refused', async (nonce) => {
    await expectRefusal(await idToken({ nonce }), 'nonce_mismatch', { nonce: 'nonce-1' })
  })
})

describe('the subject', () => {
  test.each([undefined, '', ' ', 'me', '-1', '1.5', 1000000001, '1'.repeat(21)])(
    '%j is refused',
    async (sub) => {
      await expectRefusal(await idToken({ sub }), 'subject_missing')
    },
  )
})

test('keys that cannot be had are not a fault of the token', async () => {
  const { client } = clientAnswered(() => json('', 502))

  expect(await thrownBy(client.verifyIdToken(await idToken(), {}))).toMatchObject({
    name: 'KakaoUnavailableError',
  })
})

type Expected = { nonce?: string; audiences?: string[] }

function verify(token: string, expected: Expected = {}) {
  return clientAnswered(() => json(jwkSet(KEY))).client.verifyIdToken(token, expected)
}

async function expectRefusal(token: string, code: string, expected?: Expected): Promise<void> {
  const error = await thrownBy(verify(token, expected))
  expect(error).toMatchObject({ name: 'IdTokenError', fault: 'visitor', code })
}
