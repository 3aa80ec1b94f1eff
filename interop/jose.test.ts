import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  control,
  type ServedEmulator,
  SOL,
  startEmulator,
} from './_support/emulator.ts'

const REDIRECT_URI = 'http://localhost:3000/callback'

describe("jose, with the emulator's ID tokens and keys", () => {
  let emulator: ServedEmulator
  let idToken: string
  beforeAll(async () => {
    emulator = await startEmulator()
    idToken = await fetchIdToken(emulator)
  })
  afterAll(() => emulator.close())

  async function verify(token: string, { origin }: { origin: string } = emulator) {
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', origin))
    return await jwtVerify(token, keys, {
      issuer: emulator.origin,
      audience: CLIENT_ID,
      algorithms: ['RS256'],
      requiredClaims: ['iat', 'exp', 'auth_time'],
    })
  }

  test('verifies an ID token with the published keys', async () => {
    const { payload } = await verify(idToken)

    expect(payload).toMatchObject({ sub: SOL.id, nickname: SOL.nickname, nonce: 'n-1' })
  })

  test('verifies old and new tokens after the keys were rotated', async () => {
    const emulator = await startEmulator()
    try {
      const old = await fetchIdToken(emulator)
      await control(emulator, 'POST', 'keys/rotate')
      const young = await fetchIdToken(emulator)

      const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', emulator.origin))
      const [before, after] = await Promise.all([old, young].map((token) => jwtVerify(token, keys)))
      expect(before?.protectedHeader.kid).not.toBe(after?.protectedHeader.kid)
    } finally {
      await emulator.close()
    }
  })

  test('refuses one whose claims were altered', async () => {
    const [header, claims = '', signature] = idToken.split('.')
    const altered = Buffer.from(claims, 'base64url').toString().replace(SOL.id, '1000000001')
    const forged = [header, Buffer.from(altered).toString('base64url'), signature].join('.')

    await expect(verify(forged)).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    })
  })

  test('finds no key for it at another emulator', async () => {
    const other = await startEmulator()
    try {
      await expect(verify(idToken, other)).rejects.toMatchObject({
        code: 'ERR_JWKS_NO_MATCHING_KEY',
      })
    } finally {
      await other.close()
    }
  })
})

async function fetchIdToken({ origin, kakao }: ServedEmulator): Promise<string> {
  const query = { client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, response_type: 'code' }
  const authorizeUrl = `${origin}/oauth/authorize?${new URLSearchParams({ ...query, nonce: 'n-1' })}`
  const callback = await kakao.authorize(authorizeUrl, SOL)
  const response = await fetch(`${origin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uri: REDIRECT_URI,
      code: callback.searchParams.get('code') ?? '',
    }),
  })
  const { id_token } = (await response.json()) as { id_token: string }
  return id_token
}
