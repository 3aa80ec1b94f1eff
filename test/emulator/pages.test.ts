import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { authorizeUrl, control, get, HANEUL, koeOf, redeem, SOL } from './_support/demo-app.ts'
import { newBrowser, openLogin, submit, submitAndFollow } from './_support/pages.ts'

describe('the sign-in page', () => {
  test('says that it is an emulator, in Korean unless English is preferred', async () => {
    const browser = newBrowser(createKakaoEmulator())
    const page = await openLogin(browser, authorizeUrl())
    const read = async (language: string) =>
      (await browser.get(page, { 'accept-language': language })).text()

    expect(await read('fr, ko;q=0.5, en;q=0.4')).toContain(
      '카카오 에뮬레이터 — 진짜 카카오가 아닙니다',
    )
    expect(await read('en-GB, ko;q=0.9')).toContain('this is not the real Kakao')
  })

  test('lists everyone, their names escaped', async () => {
    const people = [{ nickname: '<b>굵게</b>' }]
    const browser = newBrowser(createKakaoEmulator({ seed: { people } }))
    const page = await (await browser.get(await openLogin(browser, authorizeUrl()))).text()
    expect(page).toContain('&lt;b&gt;굵게&lt;/b&gt;')
  })

  test('shows itself again when nobody known was chosen', async () => {
    const browser = newBrowser(createKakaoEmulator())
    const page = await openLogin(browser, authorizeUrl())
    const next = await submitAndFollow(browser, page, { person: '999' })
    expect(next.href).toBe(page.href)
  })

  test('keeps who asked to stay signed in for a month', async () => {
    const kakao = createKakaoEmulator()
    const browser = newBrowser(kakao)
    await submit(browser, await openLogin(browser, authorizeUrl()), {
      person: HANEUL,
      stay: 'true',
    })
    await control(kakao, 'POST', 'clock', { advance_seconds: 29 * 24 * 60 * 60 })
    expect((await openLogin(browser, authorizeUrl())).pathname).toBe('/account/consent')
  })
})

describe('the consent page', () => {
  test('is not passed without its required items', async () => {
    const { browser, page } = await atConsent(createKakaoEmulator())
    const response = await submit(browser, page, { decision: 'agree', agree: 'account_email' })

    expect(response.status).toBe(400)
    expect(await koeOf(response)).toBe('KOE203')
  })

  test('hands out nothing but what was offered', async () => {
    const kakao = createKakaoEmulator()
    const { browser, page } = await atConsent(kakao)
    const request = page.searchParams.get('request') ?? ''
    const body = `request=${request}&decision=agree&agree=profile_nickname&agree=gender`
    const back = await browser.post(page.pathname, new URLSearchParams(body))
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const { scope } = (await (await redeem(kakao, code)).json()) as { scope: string }

    expect(scope).toBe('openid profile_nickname')
  })

  test('cannot be reached past the sign-in page', async () => {
    const browser = newBrowser(createKakaoEmulator())
    const page = await openLogin(browser, authorizeUrl())
    page.pathname = '/account/consent'
    const response = await browser.get(page)
    expect(response.headers.get('location')).toMatch(/^\/account\/login\?/)
  })

  test('belongs to the browser that the login began in', async () => {
    const kakao = createKakaoEmulator()
    const { page } = await atConsent(kakao)
    const response = await submit(newBrowser(kakao), page, { decision: 'cancel' })

    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
  })

  test('answers once', async () => {
    const { browser, page } = await atConsent(createKakaoEmulator())
    const choice = { decision: 'agree', agree: 'profile_nickname' }
    expect((await submit(browser, page, choice)).status).toBe(302)
    expect((await submit(browser, page, choice)).status).toBe(400)
  })
})

describe('the sign-up page', () => {
  test('makes a person and goes on to consent', async () => {
    const kakao = createKakaoEmulator()
    const browser = newBrowser(kakao)
    const page = await openLogin(browser, authorizeUrl({ prompt: 'create' }))
    const fields = { nickname: '최나무', email: 'namu@example.com' }
    const next = await submitAndFollow(browser, page, fields)

    expect(next.pathname).toBe('/account/consent')
    expect(await (await browser.get(next)).text()).toContain('namu@example.com')
  })

  test('refuses an e-mail address that is none', async () => {
    const browser = newBrowser(createKakaoEmulator())
    const page = await openLogin(browser, authorizeUrl({ prompt: 'create' }))
    expect((await submit(browser, page, { nickname: '최나무', email: 'namu' })).status).toBe(400)
  })
})

describe('pages', () => {
  test('of two tabs end in two codes, each with the state of its tab', async () => {
    const browser = newBrowser(createKakaoEmulator())
    const first = await openLogin(browser, authorizeUrl({ state: 'one' }))
    const second = await openLogin(browser, authorizeUrl({ state: 'two' }))
    const consent2 = await submitAndFollow(browser, second, { person: SOL })
    const consent1 = await submitAndFollow(browser, first, { person: SOL })
    const choice = { decision: 'agree', agree: 'profile_nickname' }
    const back1 = await submitAndFollow(browser, consent1, choice)
    const back2 = await submitAndFollow(browser, consent2, choice)

    expect(back1.searchParams.get('state')).toBe('one')
    expect(back2.searchParams.get('state')).toBe('two')
    expect(back1.searchParams.get('code')).not.toBe(back2.searchParams.get('code'))
  })

  test('use a cookie that scripts and other sites never see', async () => {
    const response = await get(createKakaoEmulator(), authorizeUrl())
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/)
  })

  test('load only what the emulator serves itself', async () => {
    const kakao = createKakaoEmulator({
      fonts: async (name) => (name === 'regular' ? new Uint8Array([1, 2]) : undefined),
    })
    const css = await get(kakao, '/_emulator/page.css')
    const font = await get(kakao, '/_emulator/fonts/regular.woff2')
    const picture = await get(kakao, `/_emulator/pictures/${HANEUL}-110.svg`)

    expect(css.headers.get('content-type')).toContain('text/css')
    expect(new Uint8Array(await font.arrayBuffer())).toEqual(new Uint8Array([1, 2]))
    expect((await get(kakao, '/_emulator/fonts/semibold.woff2')).status).toBe(404)
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  })
})

async function atConsent(kakao: KakaoEmulator) {
  const browser = newBrowser(kakao)
  const signIn = await openLogin(browser, authorizeUrl())
  return { browser, page: await submitAndFollow(browser, signIn, { person: HANEUL }) }
}
