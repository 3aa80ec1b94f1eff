import { describe, expect, test } from 'vitest'
import { type HomeView, homePage, type SignedInUser } from '../../src/pages/index.ts'

const HANEUL: SignedInUser = {
  nickname: '김하늘',
  email: 'haneul@example.com',
  emailVerified: true,
  socialId: 'kakao_1000000001',
}

async function render(view: Partial<HomeView>): Promise<string> {
  const urls = {
    loginUrl: '/login/?next=%2F&x=1',
    logoutUrl: '/logout/',
    withdrawUrl: '/me/withdraw/',
  }
  return String(await homePage({ language: 'ko', ...urls, ...view }))
}

describe('to a guest the front page', () => {
  test.each([
    ['ko', '대문', '카카오 로그인'],
    ['en', 'Daemun', 'Login with Kakao'],
  ] as const)(
    'in %s has its language, title and the prescribed label',
    async (language, title, label) => {
      const page = await render({ language })

      expect(page).toContain(`<html lang="${language}">`)
      expect(page).toContain(`<title>${title}</title>`)
      expect(page).toContain(`<span>${label}</span>`)
    },
  )

  test('offers the login as a plain link, and no logout', async () => {
    const page = await render({})

    expect(page).toContain('<a class="kakao-button" href="/login/?next=%2F&amp;x=1">')
    expect(page).not.toContain('<form')
  })

  test('says that the login was cancelled only if it was', async () => {
    expect(await render({ notice: 'login_cancelled' })).toContain('로그인을 취소하셨습니다')
    expect(await render({})).not.toContain('취소')
  })
})

describe('to a member the front page', () => {
  test('says who is signed in', async () => {
    const page = await render({ user: HANEUL })

    expect(page).toContain('<h1><bdi>김하늘</bdi> 님, 반갑습니다</h1>')
    expect(page).toContain('kakao_1000000001')
    expect(page).toContain('haneul@example.com')
  })

  test('offers the logout, which leads back here, and no login', async () => {
    const page = await render({ user: HANEUL })

    expect(page).toContain('<form method="post" action="/logout/">')
    expect(page).toContain('<input type="hidden" name="next" value="/">')
    expect(page).not.toContain('/login/')
  })

  test('greets without a name where Kakao told none', async () => {
    expect(await render({ user: { ...HANEUL, nickname: null } })).toContain('<h1>반갑습니다</h1>')
  })

  test.each([
    ['ko', { emailVerified: true }, '확인됨'],
    ['ko', { emailVerified: false }, '미확인'],
    ['ko', { email: null }, '공유하지 않음'],
    ['en', { emailVerified: true }, '>Verified<'],
    ['en', { emailVerified: false }, '>Not verified<'],
    ['en', { email: null }, '>Not shared<'],
  ] as const)('in %s tells the state of the e-mail: %j', async (language, facts, state) => {
    expect(await render({ language, user: { ...HANEUL, ...facts } })).toContain(state)
  })

  test('shows markup in a nickname or an e-mail as text', async () => {
    const markup = `<img src=x onerror="alert('1')">&`
    const page = await render({ user: { ...HANEUL, nickname: markup, email: markup } })

    expect(page).not.toContain('<img')
    expect(
      page.split('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;'),
    ).toHaveLength(3)
  })
})

test('a guest and a member are told when an emulator plays Kakao', async () => {
  const emulatorUrl = 'http://localhost:8001'

  expect(await render({ emulatorUrl })).toContain(`<a href="${emulatorUrl}">`)
  expect(await render({ emulatorUrl, user: HANEUL })).toContain(`<a href="${emulatorUrl}">`)
  expect(await render({})).not.toContain('에뮬레이터')
})
