import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonChoices } from '../src/emulator/index.ts'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  control,
  HANEUL,
  type ServedEmulator,
  SOL,
  startEmulator,
} from './_support/emulator.ts'

const REDIRECT_URI = 'http://localhost:3000/callback'

describe('openid-client, with the emulator as its provider', () => {
  let emulator: ServedEmulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterAll(() => emulator.close())

  async function discover(clientSecret = CLIENT_SECRET, clockSkew = 0) {
    const issuer = new URL(emulator.origin)
    const metadata = { client_secret: clientSecret, [client.clockSkew]: clockSkew }
    return await client.discovery(issuer, CLIENT_ID, metadata, undefined, {
      // The second has it check signatures with the published keys too.
      execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
    })
  }

  async function authorize(config: client.Configuration, person: PersonChoices) {
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
      idTokenExpected: true,
    }
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT_URI,
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    return { checks, callback: await emulator.kakao.authorize(url, person) }
  }

  async function signIn(person: PersonChoices) {
    const config = await discover()
    const { callback, checks } = await authorize(config, person)
    return { config, tokens: await client.authorizationCodeGrant(config, callback, checks) }
  }

  for (const person of [HANEUL, SOL]) {
    test(`signs in the person with the id ${person.id}`, async () => {
      const { config, tokens } = await signIn(person)
      const { id: sub, nickname, email } = person

      expect(tokens.claims()).toMatchObject({ sub, nickname, iss: emulator.origin })
      const userinfo = await client.fetchUserInfo(config, tokens.access_token, sub)
      expect(userinfo).toMatchObject({ sub, nickname, email })
    })
  }

  test('finds an e-mail in the ID token only where it is verified', async () => {
    const verified = await signIn(HANEUL)
    const unverified = await signIn(SOL)

    expect(verified.tokens.claims()).toMatchObject({ email: HANEUL.email })
    expect(unverified.tokens.claims()).not.toHaveProperty('email')
  })

  test('refreshes its tokens', async () => {
    const { config, tokens } = await signIn(HANEUL)

    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')

    expect(refreshed.claims()).toMatchObject({ sub: HANEUL.id })
    expect(refreshed.access_token).not.toBe(tokens.access_token)
    const userinfo = await client.fetchUserInfo(config, refreshed.access_token, HANEUL.id)
    expect(userinfo).toMatchObject({ email: HANEUL.email })
  })

  test('is given a new refresh token in the last month of the old one', async () => {
    const { tokens } = await signIn(SOL)
    const seconds = 45 * 24 * 60 * 60
    await control(emulator, 'POST', 'clock', { advance_seconds: seconds })
    try {
      // It judges times by a clock of its own, which has to go along.
      const config = await discover(CLIENT_SECRET, seconds)
      const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')

      expect(refreshed.refresh_token).toBeDefined()
      expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)
      const again = client.refreshTokenGrant(config, tokens.refresh_token ?? '')
      await expect(again).rejects.toMatchObject({ error: 'invalid_grant' })
    } finally {
      await control(emulator, 'POST', 'clock', { advance_seconds: -seconds })
    }
  })

  test('reports tokens that ended when the person disconnected the service', async () => {
    const { config, tokens } = await signIn(SOL)
    await control(emulator, 'POST', `people/${SOL.id}/unlink`)

    const refresh = client.refreshTokenGrant(config, tokens.refresh_token ?? '')
    await expect(refresh).rejects.toMatchObject({ status: 400, error: 'invalid_grant' })
    const userinfo = client.fetchUserInfo(config, tokens.access_token, SOL.id)
    await expect(userinfo).rejects.toMatchObject({ status: 401 })
  })

  test('reports that Kakao has too many token calls of this person', async () => {
    const config = await discover()
    const { callback, checks } = await authorize(config, HANEUL)
    await control(emulator, 'POST', 'faults', { path: '/oauth/token', koe: 'KOE237', times: 1 })

    const grant = client.authorizationCodeGrant(config, callback, checks)

    await expect(grant).rejects.toMatchObject({ status: 400, error: 'invalid_request' })
  })

  test('reports a wrong client secret as a challenge, and does not read the error beside it', async () => {
    const config = await discover('wrong')
    const { callback, checks } = await authorize(config, HANEUL)

    const grant = client.authorizationCodeGrant(config, callback, checks)

    const code = 'OAUTH_WWW_AUTHENTICATE_CHALLENGE'
    await expect(grant).rejects.toMatchObject({ status: 401, code })
  })

  test('reads the error where no challenge comes with it', async () => {
    await control(emulator, 'PATCH', 'switches', { token_challenge: '' })
    const config = await discover('wrong')
    const { callback, checks } = await authorize(config, HANEUL)

    const grant = client.authorizationCodeGrant(config, callback, checks)

    await expect(grant).rejects.toMatchObject({ status: 401, error: 'invalid_client' })
    await control(emulator, 'PATCH', 'switches', { token_challenge: null })
  })

  test('reports a PKCE verifier that is not the one of the login', async () => {
    const config = await discover()
    const { callback, checks } = await authorize(config, HANEUL)
    const pkceCodeVerifier = client.randomPKCECodeVerifier()

    const grant = client.authorizationCodeGrant(config, callback, { ...checks, pkceCodeVerifier })

    await expect(grant).rejects.toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  test('reports that the person cancelled', async () => {
    const config = await discover()
    const { callback, checks } = await authorize(config, { id: '1000000002', cancels: true })

    const grant = client.authorizationCodeGrant(config, callback, checks)

    await expect(grant).rejects.toMatchObject({ error: 'access_denied' })
  })
})
