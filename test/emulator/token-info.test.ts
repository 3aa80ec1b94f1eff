import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import { claimsOf, control, get, kapiCodeOf, logIn, post } from './_support/demo-app.ts'
import { BOTH_WEBHOOKS } from './_support/service.ts'

const INFO = '/oauth/tokeninfo'

describe('POST /oauth/tokeninfo', () => {
  test('tells what an ID token holds', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    const response = await post(kakao, INFO, { id_token: tokens.id_token ?? '' })
    expect(await response.json()).toEqual(claimsOf(tokens))
  })

  test('still knows a token signed before the keys were rotated', async () => {
    const kakao = createKakaoEmulator()
    const { id_token = '' } = await logIn(kakao)
    await control(kakao, 'POST', 'keys/rotate')
    expect((await post(kakao, INFO, { id_token })).status).toBe(200)
  })

  const REFUSED = { error: 'invalid_token', error_code: 'KOE400' }

  test.each(['', 'nope', 'a.b.c'])('refuses %j', async (id_token) => {
    const response = await post(createKakaoEmulator(), INFO, { id_token })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject(REFUSED)
  })

  test('refuses what another Kakao signed', async () => {
    const { id_token = '' } = await logIn(createKakaoEmulator())
    const response = await post(createKakaoEmulator(), INFO, { id_token })
    expect(await response.json()).toMatchObject(REFUSED)
  })

  test('refuses a token of yesterday', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    const { id_token = '' } = await logIn(kakao)
    await control(kakao, 'POST', 'clock', { advance_seconds: 21599 })
    expect(await (await post(kakao, INFO, { id_token })).json()).toMatchObject(REFUSED)
  })

  test('refuses an event token', async () => {
    const kakao = createKakaoEmulator()
    await control(kakao, 'PATCH', 'apps/123456', { webhooks: BOTH_WEBHOOKS })
    const wanted = { kind: 'account_status', person: '1000000001', send: false }
    const sent = (await (await control(kakao, 'POST', 'webhooks', wanted)).json()) as {
      token: string
    }
    const response = await post(kakao, INFO, { id_token: sent.token })
    expect(await response.json()).toMatchObject(REFUSED)
  })
})

test('a malformed access token is -2 where tokens are looked into', async () => {
  const headers = { authorization: 'Bearer {broken}' }
  const response = await get(createKakaoEmulator(), '/v1/user/access_token_info', headers)
  expect(await kapiCodeOf(response)).toBe('400 -2')
})

test('deprecated names of token information are told where asked to', async () => {
  const kakao = createKakaoEmulator({ now: () => NOON, switches: { deprecated_fields: true } })
  const { access_token } = await logIn(kakao)
  const headers = { authorization: `Bearer ${access_token}` }
  expect(await (await get(kakao, '/v1/user/access_token_info', headers)).json()).toMatchObject({
    appId: 123456,
    expiresInMillis: 21_599_000,
  })
})

describe('/.well-known/sse-configuration', () => {
  const path = '/.well-known/sse-configuration'

  test('tells the delivery method as text', async () => {
    expect(await (await get(createKakaoEmulator(), path)).json()).toEqual({
      issuer: 'http://kakao.test',
      jwks_uri: 'http://kakao.test/.well-known/jwks.json',
      delivery_methods_supported: 'http://schemas.openid.net/secevent/risc/delivery-method/push',
    })
  })

  test('can be switched off', async () => {
    const kakao = createKakaoEmulator({ switches: { sse_configuration: false } })
    expect((await get(kakao, path)).status).toBe(404)
  })
})
