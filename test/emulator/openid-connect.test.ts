import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { importVerifyKey, type PublicJwk, verifyJws } from '../../src/jose/index.ts'
import { NOON } from '../_support/clock.ts'
import {
  BADA,
  claimsOf,
  control,
  get,
  getCode,
  HANEUL,
  logIn,
  redeem,
  refresh,
  SOL,
} from './_support/demo-app.ts'

describe('an ID token', () => {
  test('holds who signed in, where, when and for whom', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    const seconds = NOON.getTime() / 1000

    expect(claimsOf(await logIn(kakao, { id: HANEUL }, { nonce: 'n-1' }))).toEqual({
      iss: 'http://kakao.test',
      aud: 'demo-rest-api-key',
      sub: HANEUL,
      iat: seconds,
      exp: seconds + 21599,
      auth_time: seconds,
      nonce: 'n-1',
      nickname: '김하늘',
      picture: `http://kakao.test/_emulator/pictures/${HANEUL}-110.svg`,
      email: 'haneul@example.com',
    })
  })

  test('tells only what was agreed to', async () => {
    const refuses = ['profile_image', 'account_email']
    const claims = claimsOf(await logIn(createKakaoEmulator(), { id: HANEUL, refuses }))
    expect(claims).toHaveProperty('nickname')
    expect(claims).not.toHaveProperty('picture')
    expect(claims).not.toHaveProperty('email')
  })

  test.each([SOL, BADA])('has no e-mail that is not there or not verified: %s', async (id) => {
    expect(claimsOf(await logIn(createKakaoEmulator(), { id }))).not.toHaveProperty('email')
  })

  test('has no e-mail that now belongs to somebody else, and userinfo calls it not verified', async () => {
    const kakao = createKakaoEmulator()
    await control(kakao, 'PATCH', `people/${HANEUL}`, { is_email_valid: false })
    expect(claimsOf(await logIn(kakao))).not.toHaveProperty('email')
    expect(await userinfo(kakao, HANEUL)).toMatchObject({
      email: 'haneul@example.com',
      email_verified: false,
    })
  })

  test('verifies with a published key', async () => {
    const kakao = createKakaoEmulator()
    const { id_token = '' } = await logIn(kakao)
    const keys = await publishedKeys(kakao)
    const findKey = async (kid: string) =>
      importVerifyKey({ ...keys.find((key) => key.kid === kid) })

    expect((await verifyJws(id_token, findKey)).header).toMatchObject({ alg: 'RS256', typ: 'JWT' })
  })

  test('is unknown to every other emulator, even one with the same source of randomness', async () => {
    const randomBytes = (size: number) => new Uint8Array(size)
    const kids = await Promise.all(
      [0, 1].map(async () => {
        const keys = await publishedKeys(createKakaoEmulator({ randomBytes }))
        return keys.map(({ kid }) => kid)
      }),
    )
    expect(new Set(kids.flat()).size).toBe(4)
  })
})

test('switching OpenID Connect off stops ID tokens at once, of logins begun before too', async () => {
  const kakao = createKakaoEmulator()
  const { refresh_token, id_token } = await logIn(kakao)
  expect(id_token).toBeDefined()
  const code = await getCode(kakao)
  await control(kakao, 'PATCH', 'apps/123456', { openid_connect: false })

  const exchanged = await (await redeem(kakao, code)).json()
  expect(exchanged).not.toHaveProperty('id_token')
  expect(exchanged).toMatchObject({ scope: 'account_email profile_image profile_nickname' })
  expect(await (await refresh(kakao, refresh_token)).json()).not.toHaveProperty('id_token')
})

describe('discovery', () => {
  test('names every endpoint under the origin it was asked under', async () => {
    const response = await get(
      createKakaoEmulator(),
      'https://other.test:8443/.well-known/openid-configuration',
    )
    expect(response.headers.get('content-type')).toBe('application/json;charset=utf-8')
    expect(await response.json()).toMatchObject({
      issuer: 'https://other.test:8443',
      authorization_endpoint: 'https://other.test:8443/oauth/authorize',
      token_endpoint: 'https://other.test:8443/oauth/token',
      userinfo_endpoint: 'https://other.test:8443/v1/oidc/userinfo',
      jwks_uri: 'https://other.test:8443/.well-known/jwks.json',
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      code_challenge_methods_supported: ['S256'],
    })
  })

  test('publishes two keys', async () => {
    const keys = await publishedKeys(createKakaoEmulator())
    expect(keys).toHaveLength(2)
    expect(keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig', e: 'AQAB' })
  })
})

describe('userinfo', () => {
  test('tells the address with whether it is verified', async () => {
    expect(await userinfo(createKakaoEmulator(), SOL)).toEqual({
      sub: SOL,
      nickname: '박솔',
      picture: `http://kakao.test/_emulator/pictures/${SOL}-110.svg`,
      email: 'sol@example.com',
      email_verified: false,
    })
  })

  test.each([
    [['birthyear', 'birthday'], '1990-04-12'],
    [['birthyear'], '1990'],
    [['birthday'], '0000-04-12'],
  ] as const)('writes the birthdate by what was agreed to: %j', async (items, birthdate) => {
    const kakao = createKakaoEmulator({
      seed: {
        apps: [
          {
            rest_api_keys: [{ key: 'demo-rest-api-key', client_secret: 'demo-client-secret' }],
            any_loopback_redirect_uri: true,
            consent_items: items.map((id) => ({ id })),
          },
        ],
        people: [{ id: '7', birthyear: '1990', birthday: '0412' }],
      },
    })
    expect(await userinfo(kakao, '7')).toEqual({ sub: '7', birthdate })
  })

  test('keeps nickname and picture as they were when the person was linked', async () => {
    const kakao = createKakaoEmulator()
    await userinfo(kakao, SOL)
    const picture = 'https://pictures.example/new.jpg'
    const change = { nickname: '새 이름', profile_image_url: picture, email: 'new@example.com' }
    await control(kakao, 'PATCH', `people/${SOL}`, change)

    expect(await userinfo(kakao, SOL)).toMatchObject({
      nickname: '박솔',
      picture: `http://kakao.test/_emulator/pictures/${SOL}-110.svg`,
      email: 'new@example.com',
    })
  })

  test('refuses an unknown token as kapi does', async () => {
    const headers = { authorization: 'Bearer nope' }
    const response = await get(createKakaoEmulator(), '/v1/oidc/userinfo', headers)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: -401 })
  })
})

async function publishedKeys(kakao: KakaoEmulator): Promise<PublicJwk[]> {
  const response = await get(kakao, '/.well-known/jwks.json')
  return ((await response.json()) as { keys: PublicJwk[] }).keys
}

async function userinfo(kakao: KakaoEmulator, id: string): Promise<unknown> {
  const { access_token } = await logIn(kakao, { id })
  const headers = { authorization: `Bearer ${access_token}` }
  return (await get(kakao, '/v1/oidc/userinfo', headers)).json()
}
