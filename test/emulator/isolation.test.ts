import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { Browser } from '../_support/browser.ts'
import { NOON } from '../_support/clock.ts'
import {
  authorizeUrl,
  BADA,
  claimsOf,
  control,
  get,
  getCode,
  koeOf,
  logIn,
  me,
  ORIGIN,
  post,
  redeem,
  refresh,
} from './_support/demo-app.ts'
import { newBrowser, openLogin, submit } from './_support/pages.ts'

/** One seed for all: who changes an app changes their own. */
const SEED = {
  apps: [
    {
      app_id: 123456,
      rest_api_keys: [{ key: 'demo-rest-api-key', client_secret: 'demo-client-secret' }],
      any_loopback_redirect_uri: true,
    },
  ],
}

/** The same randomness for all, so that nothing is kept apart by chance. */
function create(): KakaoEmulator {
  let drawn = 0
  return createKakaoEmulator({
    seed: SEED,
    now: () => NOON,
    randomBytes(size) {
      drawn += 1
      return new Uint8Array(size).fill(drawn)
    },
  })
}

describe('a hundred emulators of one process do not meet:', () => {
  const [first, ...others] = Array.from({ length: 100 }, create)
  if (first === undefined) throw new Error('there is none')
  const everyOther = async (check: (other: KakaoEmulator) => Promise<void>) => {
    await Promise.all(others.map(check))
  }

  test('tokens and codes', async () => {
    const tokens = await logIn(first)
    const code = await getCode(first)
    const { id_token = '' } = tokens

    expect((await me(first, tokens)).status).toBe(200)
    await everyOther(async (other) => {
      expect((await me(other, tokens)).status).toBe(401)
      expect(await koeOf(await redeem(other, code))).toBe('KOE320')
      expect(await koeOf(await refresh(other, tokens.refresh_token))).toBe('KOE322')
      expect((await post(other, '/oauth/tokeninfo', { id_token })).status).toBe(400)
    })
    expect((await redeem(first, code)).status).toBe(200)
  })

  test('signing keys', async () => {
    const kids = [first, ...others].map(async (kakao) => {
      const { keys } = (await (await get(kakao, '/.well-known/jwks.json')).json()) as {
        keys: { kid: string }[]
      }
      return keys.map(({ kid }) => kid)
    })
    const all = (await Promise.all(kids)).flat()
    expect(new Set(all).size).toBe(200)
  })

  test('browsers and the logins in them', async () => {
    const browser = newBrowser(first)
    const page = await openLogin(browser, authorizeUrl())
    await submit(browser, page, { person: BADA })

    expect((await openLogin(browser, authorizeUrl())).pathname).toBe('/account/consent')
    await everyOther(async (other) => {
      const stray = new Browser((request) => other.fetch(request), ORIGIN, browser.cookies)
      expect((await stray.get(page)).status).toBe(400)
      expect((await openLogin(stray, authorizeUrl())).pathname).toBe('/account/login')
    })
  })

  test('what the control surface sets', async () => {
    await control(first, 'POST', 'clock', { advance_seconds: 60 })
    await control(first, 'POST', 'faults', { status: 503 })
    await control(first, 'POST', 'people', { nickname: '최나무' })
    await control(first, 'PATCH', 'apps/123456', { login_enabled: false })
    await control(first, 'PATCH', 'switches', { error_page_status: 418 })

    await everyOther(async (other) => {
      const told = async (path: string) => await (await control(other, 'GET', path)).json()
      expect(await told('clock')).toEqual({ now: NOON.toISOString() })
      expect(await told('faults')).toEqual({ faults: [] })
      expect(await told('people')).toMatchObject({ people: { length: 3 } })
      expect(await told('apps/123456')).toMatchObject({ login_enabled: true })
      expect(await told('switches')).toMatchObject({ error_page_status: 400 })
    })
  })
})

test('two emulators with the same clock, seed and randomness do the same', async () => {
  const play = async () => {
    const kakao = create()
    const code = await getCode(kakao)
    const tokens = (await (await redeem(kakao, code)).json()) as Parameters<typeof claimsOf>[0]
    const refreshed = await logIn(kakao)
    const journal = await (await control(kakao, 'GET', 'journal')).json()
    // What signs is always an emulator's own.
    return { code, ...tokens, id_token: claimsOf(tokens), again: refreshed.access_token, journal }
  }
  expect(await play()).toEqual(await play())
})
