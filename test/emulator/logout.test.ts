import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import {
  authorizeUrl,
  get,
  koeOf,
  logIn,
  me,
  post,
  refresh,
  SOL,
  type Tokens,
} from './_support/demo-app.ts'
import { newBrowser, openLogin } from './_support/pages.ts'

const INFO = '/v1/user/access_token_info'
const LOGOUT = '/v1/user/logout'
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('an access token tells its app, its person and its remaining seconds', async () => {
  const kakao = createKakaoEmulator({ now: () => new Date('2026-01-01T00:00:00Z') })
  const { access_token } = await logIn(kakao, { id: SOL })

  const response = await get(kakao, INFO, bearer(access_token))

  expect(await response.text()).toBe(`{"id":${SOL},"expires_in":21599,"app_id":123456}`)
  expect((await get(kakao, INFO, bearer('another'))).status).toBe(401)
})

describe('logout', () => {
  test('with a token ends that login and no other', async () => {
    const kakao = createKakaoEmulator()
    const [here, there] = [await logIn(kakao), await logIn(kakao)]

    const response = await post(kakao, LOGOUT, {}, bearer(here.access_token))

    expect(await response.json()).toEqual({ id: 1000000001 })
    expect((await me(kakao, here)).status).toBe(401)
    expect((await refresh(kakao, here.refresh_token)).status).toBe(400)
    expect((await me(kakao, there)).status).toBe(200)
  })

  test('with a token ends the refresh token that it came from too', async () => {
    const kakao = createKakaoEmulator()
    const { refresh_token } = await logIn(kakao)
    const refreshed = (await (await refresh(kakao, refresh_token)).json()) as Tokens
    await post(kakao, LOGOUT, {}, bearer(refreshed.access_token))
    expect((await refresh(kakao, refresh_token)).status).toBe(400)
  })

  test('with the admin key ends all of the person at this app', async () => {
    const kakao = createKakaoEmulator()
    const [one, other] = [await logIn(kakao), await logIn(kakao)]
    const sol = await logIn(kakao, { id: SOL })

    const target = { target_id_type: 'user_id', target_id: '1000000001' }
    const admin = { authorization: 'KakaoAK demo-admin-key' }
    expect((await post(kakao, LOGOUT, target, admin)).status).toBe(200)

    expect((await me(kakao, one)).status).toBe(401)
    expect((await me(kakao, other)).status).toBe(401)
    expect((await me(kakao, sol)).status).toBe(200)
  })

  test('without a token, or by an admin key that names nobody, is refused', async () => {
    const kakao = createKakaoEmulator()
    expect((await post(kakao, LOGOUT, {})).status).toBe(401)
    const admin = { authorization: 'KakaoAK demo-admin-key' }
    expect((await post(kakao, LOGOUT, {}, admin)).status).toBe(400)
  })
})

describe('logout with the Kakao Account', () => {
  const query = new URLSearchParams({
    client_id: 'demo-rest-api-key',
    logout_redirect_uri: 'http://localhost:8000/oauth/kakao/logout/callback/',
    state: 's 1',
  })

  async function signedInBrowser(kakao: ReturnType<typeof createKakaoEmulator>) {
    const browser = newBrowser(kakao)
    const page = await openLogin(browser, authorizeUrl())
    await browser.post(
      '/account/login',
      new URLSearchParams([...page.searchParams, ['person', SOL]]),
    )
    return browser
  }

  /** Whether Kakao still knows the browser: it is not asked who it is. */
  async function isSignedIn(browser: Awaited<ReturnType<typeof signedInBrowser>>) {
    return (await openLogin(browser, authorizeUrl())).pathname !== '/account/login'
  }

  test.each([
    ['account', false],
    ['service', true],
  ])('choosing %s leaves the browser signed in: %s', async (decision, stays) => {
    const kakao = createKakaoEmulator()
    const browser = await signedInBrowser(kakao)
    expect(await isSignedIn(browser)).toBe(true)
    const page = await (await browser.get(`/oauth/logout?${query}`)).text()
    expect(page).toContain('value="s 1"')

    const body = new URLSearchParams([...query, ['decision', decision]])
    const response = await browser.post('/oauth/logout', body)

    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe(
      'http://localhost:8000/oauth/kakao/logout/callback/?state=s%201',
    )
    expect(await isSignedIn(browser)).toBe(stays)
  })

  test('no page is shown where nobody is signed in', async () => {
    const response = await get(createKakaoEmulator(), `/oauth/logout?${query}`)
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toMatch(/\?state=s%201$/)
  })

  test('with --auto no page is shown, and without a state none comes back', async () => {
    const kakao = createKakaoEmulator({ auto: true })
    const plain = new URLSearchParams(query)
    plain.delete('state')
    const response = await get(kakao, `/oauth/logout?${plain}`)
    expect(response.headers.get('location')).toBe(query.get('logout_redirect_uri'))
  })

  test('shows no page where that is switched off, and ends tokens where that is switched on', async () => {
    const kakao = createKakaoEmulator({
      switches: { logout_page: false, account_logout_ends_tokens: true },
    })
    const tokens = await logIn(kakao, { id: SOL })
    const browser = await signedInBrowser(kakao)

    expect((await browser.get(`/oauth/logout?${query}`)).status).toBe(302)

    expect((await me(kakao, tokens)).status).toBe(401)
  })

  test.each([
    ['client_id', '', 'KOE207'],
    ['client_id', 'another', 'KOE101'],
    ['logout_redirect_uri', '', 'KOE207'],
    ['logout_redirect_uri', 'https://elsewhere.example/', 'KOE007'],
  ])('%s=%j ends on the page of %s', async (name, value, koe) => {
    const wrong = new URLSearchParams(query)
    wrong.set(name, value)
    const response = await get(createKakaoEmulator(), `/oauth/logout?${wrong}`)
    expect(await koeOf(response)).toBe(koe)
  })
})
