import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type EmulatorOptions } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import {
  callToken,
  claimsOf,
  control,
  HANEUL,
  koeOf,
  logIn,
  refresh,
  type Tokens,
} from './_support/demo-app.ts'

const DAY_SECONDS = 24 * 60 * 60

describe('a refresh', () => {
  test('answers with an access token and no new refresh token, nor a scope', async () => {
    const { kakao, tokens } = await loggedIn()
    const response = await refresh(kakao, tokens.refresh_token)

    expect(await response.json()).toEqual({
      token_type: 'bearer',
      access_token: expect.any(String),
      expires_in: 21599,
      id_token: expect.any(String),
    })
  })

  test('renews the refresh token in its last month only, and ends the old one', async () => {
    const { kakao, tokens } = await loggedIn()
    await advanceDays(kakao, 29)
    expect(await refreshed(kakao, tokens)).not.toHaveProperty('refresh_token')

    await advanceDays(kakao, 2)
    const renewed = await refreshed(kakao, tokens)
    expect(renewed.refresh_token_expires_in).toBe(5183999)
    expect(await koeOf(await refresh(kakao, tokens.refresh_token))).toBe('KOE322')
    expect((await refresh(kakao, renewed.refresh_token)).status).toBe(200)
  })

  test('leaves the old one alive where the switch says so', async () => {
    const { kakao, tokens } = await loggedIn({
      switches: { renewal_ends_old_refresh_token: false },
    })
    await advanceDays(kakao, 31)
    await refresh(kakao, tokens.refresh_token)
    expect((await refresh(kakao, tokens.refresh_token)).status).toBe(200)
  })

  test('is refused 60 days after', async () => {
    const { kakao, tokens } = await loggedIn()
    await advanceDays(kakao, 60)
    expect(await koeOf(await refresh(kakao, tokens.refresh_token))).toBe('KOE322')
  })

  test('has an ID token only where the login had one', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao, { id: HANEUL }, { scope: 'account_email' })
    expect(await refreshed(kakao, tokens)).not.toHaveProperty('id_token')
  })

  test('moves iat, keeps auth_time and drops the nonce', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    const tokens = await logIn(kakao, { id: HANEUL }, { nonce: 'n' })
    await control(kakao, 'POST', 'clock', { advance_seconds: 100 })
    const { iat, auth_time, nonce } = claimsOf(await refreshed(kakao, tokens))

    expect({ iat, auth_time, nonce }).toEqual({
      iat: NOON.getTime() / 1000 + 100,
      auth_time: NOON.getTime() / 1000,
      nonce: undefined,
    })
  })

  test('needs the token, a known one, and the key it was issued to', async () => {
    const { kakao, tokens } = await loggedIn()
    const native = { client_id: 'demo-native-app-key' }

    expect(await koeOf(await callToken(kakao, { grant_type: 'refresh_token' }))).toBe('KOE319')
    expect(await koeOf(await refresh(kakao, 'nope'))).toBe('KOE322')
    expect(await koeOf(await refresh(kakao, tokens.refresh_token, native))).toBe('KOE322')
    expect(await koeOf(await refresh(kakao, tokens.access_token))).toBe('KOE322')
  })

  test('needs the client secret', async () => {
    const { kakao, tokens } = await loggedIn()
    const response = await refresh(kakao, tokens.refresh_token, { client_secret: '' })
    expect(await koeOf(response)).toBe('KOE010')
  })
})

async function loggedIn(options: EmulatorOptions = {}) {
  const kakao = createKakaoEmulator({ now: () => NOON, ...options })
  return { kakao, tokens: await logIn(kakao) }
}

type Kakao = ReturnType<typeof createKakaoEmulator>

async function refreshed(kakao: Kakao, { refresh_token }: Tokens): Promise<Tokens> {
  return (await (await refresh(kakao, refresh_token)).json()) as Tokens
}

function advanceDays(kakao: Kakao, days: number): Promise<Response> {
  return control(kakao, 'POST', 'clock', { advance_seconds: days * DAY_SECONDS })
}
