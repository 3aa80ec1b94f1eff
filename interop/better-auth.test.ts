import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
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
const JSON_TYPE = { 'content-type': 'application/json' }

describe('The OpenID Connect client of Better Auth, with the emulator as its provider', () => {
  let emulator: ServedEmulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterAll(() => emulator.close())

  async function signIn(person: PersonChoices, clientSecret = CLIENT_SECRET) {
    const errors: unknown[] = []
    const auth = createAuth({ kakaoOrigin: emulator.origin, clientSecret, errors })
    const browser = new Browser(auth.handler, APP)

    const ask = { provider: 'kakao', callbackURL: '/in', errorCallbackURL: '/failed' }
    const start = await browser.post('/api/auth/sign-in/social', JSON.stringify(ask), JSON_TYPE)
    const { url } = (await start.json()) as { url: string }
    const end = await browser.get(await emulator.kakao.authorize(url, person))
    return { browser, errors, location: end.headers.get('location') }
  }

  for (const person of [HANEUL, SOL]) {
    test(`signs in the person with the id ${person.id}`, async () => {
      const { browser, location } = await signIn(person)

      expect(location).toBe('/in')
      const { id: accountId, nickname: name, email } = person
      expect(await readJson(browser, 'get-session')).toMatchObject({ user: { name, email } })
      expect(await readJson(browser, 'list-accounts')).toMatchObject([{ accountId }])
    })
  }

  test('refreshes its tokens, until the person disconnects the service', async () => {
    const { browser } = await signIn(SOL)
    const [account] = (await readJson(browser, 'list-accounts')) as { id: string }[]
    const body = JSON.stringify({ accountId: account?.id })
    const refresh = () => browser.post('/api/auth/refresh-token', body, JSON_TYPE)

    const refreshed = await refresh()
    expect(refreshed.status).toBe(200)
    expect(await refreshed.json()).toMatchObject({ accessToken: expect.any(String) })

    await control(emulator, 'POST', `people/${SOL.id}/unlink`)
    expect((await refresh()).status).toBe(400)
  })

  test('reports a wrong client secret', async () => {
    const { browser, errors, location } = await signIn(HANEUL, 'wrong')

    expect(await readJson(browser, 'get-session')).toBeNull()
    expect(errors).toMatchObject([{ error: 'invalid_client' }])
    expect(location).toMatch('/failed?error=')
  })

  test('reports that the person cancelled', async () => {
    const { browser, location } = await signIn({ id: '1000000002', cancels: true })

    expect(await readJson(browser, 'get-session')).toBeNull()
    expect(location).toMatch('/failed?error=access_denied')
  })
})

async function readJson(browser: Browser, endpoint: string): Promise<unknown> {
  const response = await browser.get(`/api/auth/${endpoint}`)
  return await response.json()
}

function createAuth(app: { kakaoOrigin: string; clientSecret: string; errors: unknown[] }) {
  const { kakaoOrigin, clientSecret, errors } = app
  const kakao = {
    providerId: 'kakao',
    discoveryUrl: `${kakaoOrigin}/.well-known/openid-configuration`,
    clientId: CLIENT_ID,
    clientSecret,
    mapProfileToUser: ({ nickname }: Record<string, unknown>) => ({ name: String(nickname) }),
  }
  return betterAuth({
    baseURL: APP,
    secret: 'a secret for tests, long enough',
    database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
    plugins: [genericOAuth({ config: [kakao] })],
    logger: { level: 'error', log: (_level, _message, detail) => void errors.push(detail) },
    telemetry: { enabled: false },
  })
}
