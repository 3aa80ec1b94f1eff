import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { createKakaoClient, type KakaoClientOptions } from '../../src/kakao/index.ts'
import { thrownBy } from './_support/fake-kakao.ts'

const ORIGIN = 'http://kakao.test'
const REDIRECT_URI = 'http://localhost:8000/oauth/kakao/login/callback/'
const HANEUL = '1000000001'
const SOL = '1376016924429759228'

describe('a login', () => {
  test('from the authorize URL to the profile', async () => {
    const { client, logIn } = scene()
    const codeVerifier = 'v'.repeat(43)
    const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')

    const back = await logIn({ id: HANEUL }, { state: 'state-1', nonce: 'nonce-1', codeChallenge })
    expect(back.searchParams.get('state')).toBe('state-1')

    const tokens = await client.exchangeCode({ ...grantOf(back), codeVerifier })
    expect(tokens.scopes).toEqual(expect.arrayContaining(['openid', 'account_email']))

    const claims = await client.verifyIdToken(tokens.idToken ?? '', { nonce: 'nonce-1' })
    expect(claims).toMatchObject({ subject: HANEUL, email: 'haneul@example.com' })

    expect(await client.asUser(tokens.accessToken).getMe()).toMatchObject({
      id: HANEUL,
      account: {
        nickname: { state: 'shared', value: { text: '김하늘' } },
        email: {
          state: 'shared',
          value: { address: 'haneul@example.com', isValid: true, isVerified: true },
        },
      },
    })
  })

  test('keeps all nineteen digits of an id', async () => {
    const { client, logIn } = scene()

    const tokens = await client.exchangeCode(grantOf(await logIn({ id: SOL })))

    const { subject } = await client.verifyIdToken(tokens.idToken ?? '', {})
    const { id } = await client.asUser(tokens.accessToken).getMe()
    expect([subject, id]).toEqual([SOL, SOL])
  })

  test('tells an item refused from one that was never asked for', async () => {
    const { client, logIn } = scene()

    const back = await logIn({ id: HANEUL, refuses: ['account_email'] })
    const { accessToken } = await client.exchangeCode(grantOf(back))

    const { account } = await client.asUser(accessToken).getMe()
    expect(account?.email).toEqual({ state: 'not_agreed' })
    expect(account).not.toHaveProperty('gender')
  })

  test('tells an e-mail agreed to that the account does not have', async () => {
    const { client, logIn } = scene()

    const { accessToken } = await client.exchangeCode(grantOf(await logIn({ id: '1000000002' })))

    const { account } = await client.asUser(accessToken).getMe()
    expect(account?.email).toEqual({ state: 'no_value' })
  })
})

describe('after a login', () => {
  test('the tokens are renewed, and the refresh token stays', async () => {
    const { client, logIn } = scene()
    const { refreshToken = '' } = await client.exchangeCode(grantOf(await logIn({ id: SOL })))

    const renewed = await client.refreshTokens(refreshToken)

    expect(renewed).toMatchObject({ refreshToken, isRefreshTokenNew: false })
    expect(await client.asUser(renewed.accessToken).getMe()).toMatchObject({ id: SOL })
    const { subject } = await client.verifyIdToken(renewed.idToken ?? '', {})
    expect(subject).toBe(SOL)
  })

  test('user info tells of the same person', async () => {
    const { client, logIn } = scene()
    const { accessToken } = await client.exchangeCode(grantOf(await logIn({ id: HANEUL })))

    expect(await client.asUser(accessToken).getUserInfo()).toMatchObject({
      subject: HANEUL,
      nickname: '김하늘',
      email: 'haneul@example.com',
      emailVerified: true,
    })
  })

  test('a refresh token that never was is refused', async () => {
    expect(await thrownBy(scene().client.refreshTokens('none'))).toMatchObject({
      kakaoCode: 'KOE322',
      fault: 'visitor',
    })
  })
})

describe('a code', () => {
  test('works once', async () => {
    const { client, logIn } = scene()
    const grant = grantOf(await logIn({ id: HANEUL }))
    await client.exchangeCode(grant)

    expect(await thrownBy(client.exchangeCode(grant))).toMatchObject({
      name: 'KauthError',
      kakaoCode: 'KOE320',
      fault: 'visitor',
    })
  })

  test('needs the redirect URI it was issued for', async () => {
    const { client, logIn } = scene()
    const grant = { ...grantOf(await logIn({ id: HANEUL })), redirectUri: 'http://localhost:9/cb/' }

    expect(await thrownBy(client.exchangeCode(grant))).toMatchObject({
      kakaoCode: 'KOE303',
      fault: 'visitor',
    })
  })

  test('needs the verifier of its challenge', async () => {
    const { client, logIn } = scene()
    const codeChallenge = createHash('sha256').update('right').digest('base64url')
    const grant = grantOf(await logIn({ id: HANEUL }, { codeChallenge }))

    const error = await thrownBy(client.exchangeCode({ ...grant, codeVerifier: 'wrong' }))
    expect(error).toMatchObject({ name: 'KauthError', error: 'invalid_grant', fault: 'visitor' })
  })

  test.each([
    ['KOE010', { clientSecret: 'wrong' }],
    ['KOE101', { restApiKey: 'wrong' }],
  ])('is refused to an app set up wrongly: %s', async (kakaoCode, options) => {
    const { emulator, logIn } = scene()
    const grant = grantOf(await logIn({ id: HANEUL }))

    const error = await thrownBy(clientOf(emulator, options).exchangeCode(grant))
    expect(error).toMatchObject({ name: 'KauthError', kakaoCode, fault: 'operator', status: 401 })
  })
})

test('a token that Kakao does not know is refused', async () => {
  const { client } = scene()

  expect(await thrownBy(client.asUser('unknown').getMe())).toMatchObject({
    name: 'KapiError',
    kakaoCode: -401,
    fault: 'visitor',
  })
})

test.each([
  ['HTML', { status: 502, body: '<html></html>', content_type: 'text/html' }, 'status'],
  ['a dropped connection', { drop: true }, 'network'],
])('%s from Kakao is no usable answer', async (_, fault, reason) => {
  const { emulator, client, logIn } = scene()
  const grant = grantOf(await logIn({ id: HANEUL }))
  await playFault(emulator, { path: '/oauth/token', times: 1, ...fault })

  expect(await thrownBy(client.exchangeCode(grant))).toMatchObject({
    name: 'KakaoUnavailableError',
    reason,
  })
})

test('the metadata is the issuer of the tokens', async () => {
  expect(await scene().client.getDiscovery()).toMatchObject({ issuer: ORIGIN })
})

/** The demo app of an emulator of its own, and people who log in to it. */
function scene() {
  const emulator = createKakaoEmulator()
  const client = clientOf(emulator)
  type Choices = Parameters<KakaoEmulator['authorize']>[1]
  type Request = Omit<Parameters<typeof client.authorizeUrl>[0], 'redirectUri'>
  const logIn = (person: Choices, request: Request = {}) =>
    emulator.authorize(client.authorizeUrl({ redirectUri: REDIRECT_URI, ...request }), person)
  return { emulator, client, logIn }
}

function clientOf(emulator: KakaoEmulator, options: Partial<KakaoClientOptions> = {}) {
  return createKakaoClient({
    restApiKey: 'demo-rest-api-key',
    clientSecret: 'demo-client-secret',
    kauthUrl: ORIGIN,
    kapiUrl: ORIGIN,
    fetch: (input, init) => emulator.fetch(new Request(input, init)),
    ...options,
  })
}

function grantOf(back: URL) {
  return { code: back.searchParams.get('code') ?? '', redirectUri: REDIRECT_URI }
}

async function playFault(emulator: KakaoEmulator, fault: object): Promise<void> {
  const { ok } = await emulator.fetch(
    new Request(`${ORIGIN}/_emulator/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    }),
  )
  if (!ok) throw new Error('the emulator does not take the fault')
}
