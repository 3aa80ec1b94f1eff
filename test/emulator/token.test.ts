import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type EmulatorSeed } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import {
  authorizeUrl,
  callToken,
  control,
  getCode,
  HANEUL,
  koeOf,
  logIn,
  post,
  REDIRECT_URI,
  redeem,
} from './_support/demo-app.ts'

describe('a code exchange', () => {
  test('answers with tokens, their lifetimes and the agreed items', async () => {
    const kakao = createKakaoEmulator()
    const response = await redeem(kakao, await getCode(kakao))

    expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8')
    expect(await response.json()).toEqual({
      token_type: 'bearer',
      access_token: expect.any(String),
      expires_in: 21599,
      refresh_token: expect.any(String),
      refresh_token_expires_in: 5183999,
      id_token: expect.any(String),
      scope: 'openid account_email profile_image profile_nickname',
    })
  })

  test('works once', async () => {
    const kakao = createKakaoEmulator()
    const code = await getCode(kakao)
    expect((await redeem(kakao, code)).status).toBe(200)
    expect(await koeOf(await redeem(kakao, code))).toBe('KOE320')
  })

  test('works for one of two at the same time', async () => {
    const kakao = createKakaoEmulator()
    const code = await getCode(kakao)
    const answers = await Promise.all([redeem(kakao, code), redeem(kakao, code)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  test('works for ten minutes', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    const [kept, late] = [await getCode(kakao), await getCode(kakao)]
    await control(kakao, 'POST', 'clock', { advance_seconds: 599 })
    expect((await redeem(kakao, kept)).status).toBe(200)
    await control(kakao, 'POST', 'clock', { advance_seconds: 1 })
    expect(await koeOf(await redeem(kakao, late))).toBe('KOE320')
  })

  test('lasts as the kind of the key says', async () => {
    const kakao = createKakaoEmulator()
    const key = {
      client_id: 'demo-native-app-key',
      redirect_uri: 'kakaodemo-native-app-key://oauth',
    }
    const code = await getCode(kakao, { id: HANEUL }, key)
    const response = await post(kakao, '/oauth/token', {
      grant_type: 'authorization_code',
      code,
      ...key,
    })
    expect(await response.json()).toMatchObject({ expires_in: 43199 })
  })

  test('has no ID token where OpenID Connect is off', async () => {
    const kakao = createKakaoEmulator({ seed: plainSeed({ openid_connect: false }) })
    const tokens = await logIn(kakao)
    expect(tokens).not.toHaveProperty('id_token')
    expect(tokens.scope).toBe('profile_nickname')
  })

  test('after a request for more has an ID token only if openid was among it', async () => {
    const kakao = createKakaoEmulator()
    const without = await logIn(kakao, { id: HANEUL }, { scope: 'account_email' })
    const withIt = await logIn(kakao, { id: HANEUL }, { scope: 'openid account_email' })

    expect(without).not.toHaveProperty('id_token')
    expect(withIt).toHaveProperty('id_token')
  })
})

describe('a refused token call', () => {
  test('names the code, which is why nobody should log it', async () => {
    const response = await redeem(createKakaoEmulator(), 'nope')

    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'authorization code not found for code=nope',
      error_code: 'KOE320',
    })
  })

  test('with 401 comes with the challenge that strict clients trip over, unless switched off', async () => {
    const kakao = createKakaoEmulator()
    const challengeOf = async (client_secret: string) =>
      (await redeem(kakao, 'nope', { client_secret })).headers.get('www-authenticate')

    expect(await challengeOf('wrong')).toBe('Bearer error=invalid_client')
    expect(await challengeOf('demo-client-secret')).toBeNull()
    await control(kakao, 'PATCH', 'switches', { token_challenge: '' })
    expect(await challengeOf('wrong')).toBeNull()
  })

  test('for its grant_type has the word that the switch says', async () => {
    const grant_type_error = 'unsupported_grant_type'
    const kakao = createKakaoEmulator({ switches: { grant_type_error } })
    const response = await callToken(kakao, { grant_type: 'password' })
    expect(await response.json()).toMatchObject({ error: grant_type_error, error_code: 'KOE310' })
  })

  // Each row mends what the row before was refused for.
  const LADDER: [koe: string, parameters: Record<string, string>][] = [
    ['KOE310', { grant_type: 'password' }],
    ['KOE101', { grant_type: 'authorization_code', client_id: 'nobody' }],
    ['KOE010', { client_id: 'other-key', client_secret: '' }],
    ['KOE320', { client_secret: 'other-secret', code: 'nope' }],
    ['KOE114', { code: 'CODE' }],
    ['KOE303', { client_id: 'k', client_secret: 's', redirect_uri: 'http://localhost/other' }],
    ['KOE320', { redirect_uri: REDIRECT_URI, code_verifier: 'wrong' }],
    ['KOE237', { code_verifier: 'right' }],
  ]

  test('is refused for the first thing wrong, in Kakao order', async () => {
    const kakao = createKakaoEmulator({ seed: plainSeed() })
    for (let logins = 0; logins < 20; logins += 1) await redeemAtPlainApp(kakao)
    const code = await getCode(kakao, { id: HANEUL }, { client_id: 'k', ...CHALLENGE })

    let parameters: Record<string, string> = {}
    for (const [koe, more] of LADDER) {
      parameters = { ...parameters, ...more, ...(more.code === 'CODE' && { code }) }
      expect(await koeOf(await post(kakao, '/oauth/token', parameters))).toBe(koe)
    }
  })

  test('is 401 for an unknown key and for a bad secret', async () => {
    const kakao = createKakaoEmulator()
    const grant = { grant_type: 'authorization_code', code: 'x' }
    expect((await callToken(kakao, { ...grant, client_id: 'nobody' })).status).toBe(401)
    expect((await callToken(kakao, { ...grant, client_secret: 'wrong' })).status).toBe(401)
  })

  test('does not read HTTP Basic', async () => {
    const authorization = `Basic ${btoa('demo-rest-api-key:demo-client-secret')}`
    const form = { grant_type: 'authorization_code', code: 'x', redirect_uri: REDIRECT_URI }
    const response = await post(createKakaoEmulator(), '/oauth/token', form, { authorization })

    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({
      error: 'invalid_client',
      error_description: 'Not exist client_id [null]',
    })
  })

  test.each<[string, string, string, string]>([
    ['JSON', '{"grant_type":"authorization_code"}', 'application/json', 'KOE310'],
    ['nothing', '', 'application/x-www-form-urlencoded', 'KOE310'],
    ['garbage', '%ff%&=&&', 'application/x-www-form-urlencoded', 'KOE310'],
    ['a parameter twice', 'code=a&code=b', 'application/x-www-form-urlencoded', 'KOE001'],
    ['ten megabytes', 'a'.repeat(10_000_000), 'application/x-www-form-urlencoded', 'KOE001'],
  ])('is an answer and no failure for %s', async (_, body, type, koe) => {
    const headers = { 'content-type': type }
    const request = new Request('http://kakao.test/oauth/token', { method: 'POST', body, headers })
    const response = await createKakaoEmulator().fetch(request)

    expect(response.status).toBe(400)
    expect(await koeOf(response)).toBe(koe)
  })

  test('leaves the code to who has it right', async () => {
    const kakao = createKakaoEmulator()
    const code = await getCode(kakao)
    await redeem(kakao, code, { redirect_uri: 'http://localhost/other' })
    expect((await redeem(kakao, code)).status).toBe(200)
  })
})

describe('token limits', () => {
  test('are 20 access tokens in ten minutes', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON, seed: plainSeed() })
    for (let logins = 0; logins < 20; logins += 1) await redeemAtPlainApp(kakao)

    expect(await koeOf(await redeemAtPlainApp(kakao))).toBe('KOE237')
    await control(kakao, 'POST', 'clock', { advance_seconds: 600 })
    expect((await redeemAtPlainApp(kakao)).status).toBe(200)
  })

  test('do not hold with --auto, where one person signs in over and over', async () => {
    const kakao = createKakaoEmulator({ auto: true })
    for (let logins = 0; logins < 21; logins += 1) await logIn(kakao)
    expect((await redeem(kakao, await getCode(kakao))).status).toBe(200)
  })
})

const CHALLENGE = {
  // S256 of "right".
  code_challenge: 'JwQvTm7KfQsqfuQCbfLs-lHTM55tEiqgmRGOzYVjutk',
  code_challenge_method: 'S256',
}

function plainSeed(app: Partial<NonNullable<EmulatorSeed['apps']>[number]> = {}): EmulatorSeed {
  const keys = [
    { key: 'k', client_secret: 's' },
    { key: 'other-key', client_secret: 'other-secret' },
    { key: 'demo-rest-api-key', client_secret: 'demo-client-secret' },
  ]
  return {
    apps: [
      {
        rest_api_keys: keys,
        any_loopback_redirect_uri: true,
        consent_items: [{ id: 'profile_nickname' }],
        ...app,
      },
    ],
  }
}

async function redeemAtPlainApp(kakao: ReturnType<typeof createKakaoEmulator>) {
  const back = await kakao.authorize(authorizeUrl({ client_id: 'k' }), { id: HANEUL })
  const code = back.searchParams.get('code') ?? ''
  return redeem(kakao, code, { client_id: 'k', client_secret: 's' })
}
