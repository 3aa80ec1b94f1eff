import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBrowser } from './_support/browser.ts'
import { startDaemun, toRedirectUri } from './_support/daemun.ts'
import { HANEUL, SOL } from './_support/emulator.ts'
import { startLogin } from './_support/login.ts'
import { type ServedOidcProvider, startOidcProvider } from './_support/oidc-provider-server.ts'
import { findFreeOrigin, type Served } from './_support/serve.ts'

/** The provider issues ID tokens, and tells who it is, only where the scopes say so. */
const SCOPES = { KAKAO_SCOPES: 'openid,profile,email' }

describe('our server, with oidc-provider as its Kakao', () => {
  let origin: string
  let provider: ServedOidcProvider
  let daemun: Served
  beforeAll(async () => {
    // It warns that its pages and its memory are for development.
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    origin = await findFreeOrigin()
    provider = await startOidcProvider(await findFreeOrigin(), {
      redirectUri: toRedirectUri(origin),
      accounts: [HANEUL, SOL],
    })
    daemun = await startDaemun(origin, provider.origin, SCOPES)
  })
  afterAll(async () => {
    await daemun.close()
    await provider.close()
    vi.restoreAllMocks()
  })

  for (const person of [HANEUL, SOL]) {
    test(`signs in the person with the id ${person.id}`, async () => {
      const visitor = openBrowser(daemun.origin)

      const answer = await visitor.get(await provider.authorize(await startLogin(visitor), person))

      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({
        social_id: `kakao_${person.id}`,
        user_email: person.email,
        is_new_user: true,
        user: { nickname: person.nickname, email_verified: true },
      })
      expect((await visitor.get('/session/')).status).toBe(200)
    })
  }

  test('says so when the person cancelled', async () => {
    const visitor = openBrowser(daemun.origin)
    const person = { id: HANEUL.id, cancels: true }

    const answer = await visitor.get(await provider.authorize(await startLogin(visitor), person))

    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'login_cancelled' })
  })

  test("does not take a code that came back to another visitor's login", async () => {
    const victim = openBrowser(daemun.origin)
    const attacker = openBrowser(daemun.origin)
    const stolen = await provider.authorize(await startLogin(victim), HANEUL)
    const injected = await provider.authorize(await startLogin(attacker), SOL)
    injected.searchParams.set('code', stolen.searchParams.get('code') ?? '')

    const answer = await attacker.get(injected)

    // It is the provider that refuses: the PKCE verifier is not the one of the code.
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'code_refused' })
    expect((await attacker.get('/session/')).status).toBe(401)
  })

  test.each([
    ['a wrong client secret', { KAKAO_CLIENT_SECRET_KEY: 'wrong' }],
    ['PKCE switched off, which the provider demands', { KAKAO_PKCE: 'off' }],
  ])('apologises for %s', async (_mistake, environment) => {
    await daemun.close()
    daemun = await startDaemun(origin, provider.origin, { ...SCOPES, ...environment })
    const visitor = openBrowser(daemun.origin)

    const answer = await visitor.get(await provider.authorize(await startLogin(visitor), HANEUL))

    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({ code: 'kakao_misconfigured' })
  })
})
