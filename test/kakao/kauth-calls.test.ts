import { describe, expect, test } from 'vitest'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'
import { GOOD_CLAIMS } from './_support/signing.ts'

const TOKENS = { token_type: 'bearer', access_token: 'at-2', expires_in: 21_599 }

describe('refreshTokens', () => {
  test('sends the token and the secret in one form', async () => {
    const { client, sent } = clientAnswered(() => json(TOKENS), { clientSecret: 'secret-1' })

    await client.refreshTokens('rt-1')

    expect(sent[0]?.method).toBe('POST')
    expect(sent[0]?.url.href).toBe('https://kauth.kakao.com/oauth/token')
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      client_id: 'rest-key',
      client_secret: 'secret-1',
      refresh_token: 'rt-1',
    })
  })

  test('keeps the old refresh token where Kakao sent none', async () => {
    const { client } = clientAnswered(() => json(TOKENS))

    expect(await client.refreshTokens('rt-1')).toEqual({
      accessToken: 'at-2',
      expiresAt: new Date('2026-06-01T17:59:59Z'),
      refreshToken: 'rt-1',
      isRefreshTokenNew: false,
    })
  })

  test('tells a new refresh token, and what else there is', async () => {
    const { client } = clientAnswered(() =>
      json({
        ...TOKENS,
        refresh_token: 'rt-2',
        refresh_token_expires_in: 5_183_999,
        id_token: 'a.b.c',
      }),
    )

    expect(await client.refreshTokens('rt-1')).toMatchObject({
      refreshToken: 'rt-2',
      isRefreshTokenNew: true,
      refreshTokenExpiresAt: new Date('2026-07-31T11:59:59Z'),
      idToken: 'a.b.c',
    })
  })

  test('refused: the person has to log in again', async () => {
    const { client, sent } = clientAnswered(() =>
      json({ error: 'invalid_grant', error_code: 'KOE322' }, 400),
    )

    expect(await thrownBy(client.refreshTokens('rt-1'))).toMatchObject({
      name: 'KauthError',
      kakaoCode: 'KOE322',
      fault: 'visitor',
    })
    expect(sent).toHaveLength(1)
  })

  test('an answer with neither token nor error says so', async () => {
    const { client } = clientAnswered(() => json({ refresh_token: 'rt-2' }))

    expect(await thrownBy(client.refreshTokens('rt-1'))).toMatchObject({
      name: 'TokenMissingError',
    })
  })
})

describe('logoutUrl', () => {
  test.each([
    [{ state: 'state 1' }, '&state=state%201'],
    [{}, ''],
  ])('with %j', (request, end) => {
    const { client } = clientAnswered(() => json({}))

    const url = client.logoutUrl({ logoutRedirectUri: 'http://localhost:8000/out/', ...request })
    expect(url).toBe(
      `https://kauth.kakao.com/oauth/logout?client_id=rest-key&logout_redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fout%2F${end}`,
    )
  })
})

describe('getTokenInfo', () => {
  test('tells what Kakao reads in an ID token', async () => {
    const { client, sent } = clientAnswered(() => json({ ...GOOD_CLAIMS, nickname: '박솔' }))

    expect(await client.getTokenInfo('a.b.c')).toEqual({
      issuer: 'https://kauth.kakao.com',
      audience: 'rest-key',
      subject: '1376016924429759228',
      issuedAt: new Date('2026-06-01T11:59:50Z'),
      expiresAt: new Date('2026-06-01T17:59:59Z'),
      authTime: new Date('2026-06-01T11:59:40Z'),
      nonce: 'nonce-1',
      nickname: '박솔',
    })
    expect(sent[0]?.form.toString()).toBe('id_token=a.b.c')
  })

  test('KOE400: the token is not valid', async () => {
    const body = { error: 'invalid_token', error_description: 'a.b.c', error_code: 'KOE400' }
    const { client } = clientAnswered(() => json(body, 400))

    const error = await thrownBy(client.getTokenInfo('a.b.c'))
    expect(error).toMatchObject({ name: 'KauthError', kakaoCode: 'KOE400', fault: 'visitor' })
    expect(JSON.stringify(error) + String(error)).not.toContain('a.b.c')
  })

  test('without a subject is no usable answer', async () => {
    const { client } = clientAnswered(() => json({ ...GOOD_CLAIMS, sub: undefined }))

    expect(await thrownBy(client.getTokenInfo('a.b.c'))).toMatchObject({
      reason: 'unexpected_shape',
    })
  })
})
