import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import {
  authorizeUrl,
  BADA,
  control,
  getCode,
  HANEUL,
  logIn,
  REDIRECT_URI,
  requestedPaths,
} from './_support/demo-app.ts'
import { newBrowser, openLogin } from './_support/pages.ts'

describe('a login', () => {
  test('goes back to the app with a code and the state', async () => {
    const kakao = createKakaoEmulator()
    const back = await kakao.authorize(authorizeUrl({ state: 'a b&c' }), { id: HANEUL })

    expect(back.href.startsWith(`${REDIRECT_URI}?code=`)).toBe(true)
    expect(back.searchParams.get('state')).toBe('a b&c')
  })

  test('has no state to echo where none was sent', async () => {
    const back = await createKakaoEmulator().authorize(authorizeUrl(), { id: HANEUL })
    expect(back.searchParams.has('state')).toBe(false)
  })

  test('cancelled on the consent page is access_denied', async () => {
    const kakao = createKakaoEmulator()
    const back = await kakao.authorize(authorizeUrl({ state: 's' }), { id: HANEUL, cancels: true })

    expect(back.search).toBe(
      '?error=access_denied&error_description=User%20denied%20access&state=s',
    )
  })

  test('keeps the query of the redirect URI', async () => {
    const redirectUri = 'http://localhost:8000/cb?tenant=7'
    const kakao = createKakaoEmulator()
    const back = await kakao.authorize(authorizeUrl({ redirect_uri: redirectUri }), { id: HANEUL })
    expect(back.href.startsWith(`${redirectUri}&code=`)).toBe(true)
  })

  test('of a linked person who is signed in gets its code at once', async () => {
    const kakao = createKakaoEmulator()
    await logIn(kakao)
    await control(kakao, 'DELETE', 'journal')
    await getCode(kakao)

    expect(await requestedPaths(kakao)).toEqual(['/oauth/authorize'])
  })

  test('does not link before the code is redeemed', async () => {
    const kakao = createKakaoEmulator()
    await getCode(kakao)
    await control(kakao, 'DELETE', 'journal')
    await getCode(kakao)

    expect(await requestedPaths(kakao)).toContain('/account/consent')
  })

  test('asks to sign in again 24 hours after the first time', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    await logIn(kakao)
    await control(kakao, 'POST', 'clock', { advance_seconds: 24 * 60 * 60 - 1 })
    await control(kakao, 'DELETE', 'journal')
    await getCode(kakao)
    expect(await requestedPaths(kakao)).not.toContain('/account/login')

    await control(kakao, 'POST', 'clock', { advance_seconds: 1 })
    await getCode(kakao)
    expect(await requestedPaths(kakao)).toContain('/account/login')
  })

  test('of someone under 14 is denied where the app does not admit them', async () => {
    const kakao = createKakaoEmulator({
      seed: {
        apps: [
          {
            rest_api_keys: [{ key: 'k', redirect_uris: ['https://app.test/cb'] }],
            admits_under_14: false,
          },
        ],
        people: [{ id: '7', under_14: true }],
      },
    })
    const url = authorizeUrl({ client_id: 'k', redirect_uri: 'https://app.test/cb' })
    const back = await kakao.authorize(url, { id: '7' })
    expect(back.searchParams.get('error_description')).toBe('Not allowed under age 14')
  })

  test('of a native app goes back to its own scheme', async () => {
    const redirectUri = 'kakaodemo-native-app-key://oauth'
    const url = authorizeUrl({ client_id: 'demo-native-app-key', redirect_uri: redirectUri })
    const back = await createKakaoEmulator().authorize(url, { id: HANEUL })
    expect(back.href.startsWith(`${redirectUri}?code=`)).toBe(true)
  })
})

describe('login_hint', () => {
  test.each([HANEUL, 'HANEUL@example.com', '+82 10-1234-5678'])(
    'puts a person first by id, e-mail or phone: %s',
    async (login_hint) => {
      const people = [
        { id: BADA, nickname: '이바다' },
        { id: HANEUL, email: 'haneul@example.com', phone_number: '+82 10-1234-5678' },
      ]
      const kakao = createKakaoEmulator({ seed: { people } })
      const browser = newBrowser(kakao)
      const address = await openLogin(browser, authorizeUrl({ login_hint }))
      const page = await (await browser.get(address)).text()

      expect(page.indexOf(`value="${HANEUL}"`)).toBeLessThan(page.indexOf(`value="${BADA}"`))
      expect(page).toContain('로그인 힌트')
    },
  )
})

describe('authorize()', () => {
  test('takes one person through many logins at once', async () => {
    const kakao = createKakaoEmulator()
    const logins = Array.from({ length: 5 }, (_, tab) =>
      kakao.authorize(authorizeUrl({ state: `${tab}` }), { id: HANEUL }),
    )
    const states = (await Promise.all(logins)).map((back) => back.searchParams.get('state'))
    expect(states).toEqual(['0', '1', '2', '3', '4'])
  })

  test('leaves unticked what the person refuses', async () => {
    const people = [{ id: '7', refuses: ['account_email' as const] }]
    const kakao = createKakaoEmulator({ seed: { people } })
    const { scope } = await logIn(kakao, { id: '7', refuses: ['profile_image'] })
    expect(scope).toBe('openid profile_nickname')
  })

  test('cancels for who refuses a required item', async () => {
    const person = { id: HANEUL, refuses: ['profile_nickname'] }
    const back = await createKakaoEmulator().authorize(authorizeUrl(), person)
    expect(back.searchParams.get('error')).toBe('access_denied')
  })

  test('has two people sign in in two browsers', async () => {
    const kakao = createKakaoEmulator()
    await logIn(kakao, { id: HANEUL })
    expect((await logIn(kakao, { id: BADA })).scope).toContain('openid')
    expect(await requestedPaths(kakao)).toContain('/account/login')
  })

  test('does not know a stranger', async () => {
    await expect(createKakaoEmulator().authorize(authorizeUrl(), { id: '9' })).rejects.toThrow(
      'there is no such person',
    )
  })
})
