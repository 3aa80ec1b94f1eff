import { Auth, type AuthConfig } from '@auth/core'
import Kakao from '@auth/core/providers/kakao'
import type { Account } from '@auth/core/types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonChoices } from '../src/emulator/index.ts'
import { Browser } from '../test/_support/browser.ts'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  control,
  HANEUL,
  type ServedEmulator,
  SOL,
  startEmulator,
} from './_support/emulator.ts'

const APP = 'http://localhost:3000'

describe('The Kakao provider of Auth.js, with the emulator as its Kakao', () => {
  let emulator: ServedEmulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterAll(() => emulator.close())

  /** An app of its own for each login, and its visitor. */
  async function signIn(person: PersonChoices, clientSecret = CLIENT_SECRET) {
    const seen: Seen = { accounts: [], errors: [], details: [] }
    const config = createConfig({ kakaoOrigin: emulator.origin, clientSecret, seen })
    const browser = new Browser((request) => Auth(request, config), APP)

    const csrf = (await (await browser.get('/auth/csrf')).json()) as { csrfToken: string }
    const start = await browser.post('/auth/signin/kakao', new URLSearchParams(csrf))
    const callback = await emulator.kakao.authorize(start.headers.get('location') ?? '', person)
    const end = await browser.get(callback)
    const session: unknown = await (await browser.get('/auth/session')).json()
    return { end, session, ...seen }
  }

  test('signs a person in', async () => {
    const { session, accounts } = await signIn(HANEUL)

    expect(session).toMatchObject({ user: { name: HANEUL.nickname, email: HANEUL.email } })
    expect(accounts[0]).toMatchObject({ provider: 'kakao', providerAccountId: HANEUL.id })
  })

  test('loses the last digits of a long id, save in the ID token', async () => {
    const { session, accounts } = await signIn(SOL)

    expect(session).toMatchObject({ user: { name: SOL.nickname, email: SOL.email } })
    expect(accounts[0]?.providerAccountId).toBe(String(Number(SOL.id)))
    expect(readClaims(accounts[0]?.id_token)).toMatchObject({ sub: SOL.id })
  })

  test('reports a wrong client secret', async () => {
    const { session, errors } = await signIn(HANEUL, 'wrong')

    expect(session).toBeNull()
    // It stops at the challenge that comes with the answer, and reads no further.
    const code = 'OAUTH_WWW_AUTHENTICATE_CHALLENGE'
    expect(errors[0]).toMatchObject({ cause: { err: { status: 401, code } } })
  })

  test('reports that Kakao answers with a page instead of tokens', async () => {
    const fault = { path: '/oauth/token', status: 502, times: 1 }
    await control(emulator, 'POST', 'faults', fault)

    const { session, errors } = await signIn(HANEUL)

    expect(session).toBeNull()
    expect(errors[0]).toMatchObject({ type: 'CallbackRouteError' })
  })

  test('reports that the person cancelled', async () => {
    const { end, session, details } = await signIn({ id: '1000000002', cancels: true })

    expect(session).toBeNull()
    expect(details).toContainEqual(expect.objectContaining({ error: 'access_denied' }))
    expect(end.headers.get('location')).toBe(`${APP}/auth/signin?error=OAuthCallbackError`)
  })
})

/** What Auth.js tells the app. */
interface Seen {
  readonly accounts: (Account | null | undefined)[]
  readonly errors: unknown[]
  readonly details: unknown[]
}

function createConfig(app: { kakaoOrigin: string; clientSecret: string; seen: Seen }): AuthConfig {
  const { kakaoOrigin, clientSecret, seen } = app
  const kakao = Kakao({
    clientId: CLIENT_ID,
    clientSecret,
    // As with Kakao itself: with OpenID Connect on, the provider has to be told the issuer.
    issuer: kakaoOrigin,
    authorization: `${kakaoOrigin}/oauth/authorize?scope`,
    token: `${kakaoOrigin}/oauth/token`,
    userinfo: `${kakaoOrigin}/v2/user/me`,
  })
  return {
    providers: [kakao],
    secret: 'a secret for tests',
    trustHost: true,
    basePath: '/auth',
    events: { signIn: ({ account }) => void seen.accounts.push(account) },
    logger: {
      error: (error) => void seen.errors.push(error),
      warn: () => {},
      debug: (_message, detail) => void seen.details.push(detail),
    },
  }
}

function readClaims(idToken = ''): unknown {
  const [, claims = ''] = idToken.split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}
