import { describe, expect, test } from 'vitest'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'

const GRANT = { code: 'c0de', redirectUri: 'http://localhost:8000/cb/?a=1' }

const TOKENS = { token_type: 'bearer', access_token: 'at-1', expires_in: 21_599 }

describe('the request', () => {
  test('is one form, with the client named in the body', async () => {
    const { client, sent } = clientAnswered(() => json(TOKENS), { clientSecret: 'secret-1' })

    await client.exchangeCode({ ...GRANT, codeVerifier: 'verifier-1' })

    const [request] = sent
    expect(sent).toHaveLength(1)
    expect(request?.method).toBe('POST')
    expect(request?.url.href).toBe('https://kauth.kakao.com/oauth/token')
    expect(request?.headers.get('content-type')).toBe(
      'application/x-www-form-urlencoded;charset=utf-8',
    )
    expect(request?.headers.get('authorization')).toBeNull()
    expect(request?.redirect).toBe('manual')
    expect(Object.fromEntries(request?.form ?? [])).toEqual({
      grant_type: 'authorization_code',
      client_id: 'rest-key',
      client_secret: 'secret-1',
      redirect_uri: 'http://localhost:8000/cb/?a=1',
      code: 'c0de',
      code_verifier: 'verifier-1',
    })
  })

  test('carries neither secret nor verifier where there is none', async () => {
    const { client, sent } = clientAnswered(() => json(TOKENS))

    await client.exchangeCode(GRANT)

    expect(sent[0]?.form.has('client_secret')).toBe(false)
    expect(sent[0]?.form.has('code_verifier')).toBe(false)
  })
})

describe('the tokens', () => {
  test('have their lifetimes turned into instants', async () => {
    const { client } = clientAnswered(() =>
      json({
        ...TOKENS,
        refresh_token: 'rt-1',
        refresh_token_expires_in: 5_183_999,
        id_token: 'a.b.c',
        scope: 'openid account_email',
      }),
    )

    expect(await client.exchangeCode(GRANT)).toEqual({
      accessToken: 'at-1',
      expiresAt: new Date('2026-06-01T17:59:59Z'),
      refreshToken: 'rt-1',
      refreshTokenExpiresAt: new Date('2026-07-31T11:59:59Z'),
      idToken: 'a.b.c',
      scopes: ['openid', 'account_email'],
    })
  })

  test('leave absent what Kakao left out', async () => {
    const { client } = clientAnswered(() => json(TOKENS))

    expect(Object.keys(await client.exchangeCode(GRANT))).toEqual(['accessToken', 'expiresAt'])
  })

  test('are not lost over optional fields of the wrong type', async () => {
    const { client } = clientAnswered(() =>
      json({
        access_token: 'at-1',
        expires_in: '21599',
        refresh_token: 7,
        refresh_token_expires_in: null,
        id_token: '',
        scope: ['openid'],
        surprise: {},
      }),
    )

    expect(await client.exchangeCode(GRANT)).toEqual({
      accessToken: 'at-1',
      expiresAt: new Date('2026-06-01T17:59:59Z'),
    })
  })

  test('without a lifetime count as expired at once', async () => {
    const { client } = clientAnswered(() => json({ access_token: 'at-1' }))

    const { expiresAt } = await client.exchangeCode(GRANT)
    expect(expiresAt).toEqual(new Date('2026-06-01T12:00:00Z'))
  })
})

describe('a refusal', () => {
  test.each([
    ['KOE320', 'invalid_grant', 400, 'visitor', false],
    ['KOE303', 'invalid_grant', 400, 'visitor', false],
    ['KOE010', 'invalid_client', 401, 'operator', false],
    ['KOE101', 'invalid_client', 401, 'operator', false],
    ['KOE114', 'invalid_request', 400, 'operator', false],
    ['KOE009', 'misconfigured', 400, 'operator', false],
    ['KOE127', 'invalid_request', 400, 'operator', false],
    ['KOE237', 'invalid_request', 400, 'kakao', true],
    ['KOE237', 'invalid_request', 429, 'kakao', true],
    ['KOE003', 'server_error', 500, 'kakao', true],
    ['KOE999', 'invalid_grant', 400, 'visitor', false],
    ['KOE999', 'something_new', 400, 'operator', false],
    ['KOE999', 'something_new', 500, 'kakao', true],
  ])('%s (%s, %i) is the fault of: %s', async (error_code, error, status, fault, retryable) => {
    const { client, sent } = clientAnswered(() => json({ error, error_code }, status))

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({
      name: 'KauthError',
      kakaoCode: error_code,
      error,
      status,
      fault,
      retryable,
    })
    expect(sent).toHaveLength(1)
  })

  test.each([
    ['invalid_grant', 'visitor', false],
    ['server_error', 'kakao', true],
    ['unauthorized_client', 'operator', false],
  ])('"%s" without a code is the fault of: %s', async (error, fault, retryable) => {
    const { client } = clientAnswered(() => json({ error }, 400))

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({
      name: 'KauthError',
      error,
      fault,
      retryable,
    })
  })

  test('counts even under the status 200', async () => {
    const { client } = clientAnswered(() => json({ error: 'invalid_grant', access_token: 'at-1' }))

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ name: 'KauthError' })
  })

  test('repeats nothing of what Kakao wrote but code and word', async () => {
    const { client } = clientAnswered(() =>
      json(
        {
          error: 'no code c0de',
          error_description: 'authorization code not found for code=c0de',
          error_code: 'c0de',
        },
        400,
      ),
    )

    const error = await thrownBy(client.exchangeCode(GRANT))
    expect(error).toMatchObject({ name: 'KauthError', fault: 'operator', status: 400 })
    expect(JSON.stringify(error) + String(error)).not.toContain('c0de')
  })
})

test.each([
  [{}, 200],
  [{ access_token: '' }, 200],
  [{ access_token: 42 }, 200],
  [{ token_type: 'bearer', refresh_token: 'rt-1' }, 200],
  [{ access_token: 'at-1' }, 400],
])('an answer with neither token nor error (%j, %i) says so', async (body, status) => {
  const { client } = clientAnswered(() => json(body, status))

  expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({
    name: 'TokenMissingError',
    status,
  })
})
