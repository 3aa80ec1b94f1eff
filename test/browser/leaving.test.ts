import { describe, expect } from 'vitest'
import { findSession, goToSignIn, logIn, press, see } from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { KO } from './_support/words.ts'

const TALK =
  'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/143.0.0.0 Mobile Safari/537.36 KAKAOTALK 11.2.0'

describe('leaving', SIDE_BY_SIDE, () => {
  test('with the Kakao Account, Kakao asks the next person who they are', async ({
    arrive,
    world,
  }) => {
    const page = await arrive()
    await logIn(page)

    const answer = await page.request.post('/logout/', {
      headers: { origin: world.appUrl },
      form: { kakao: 'account', next: '/?bye' },
    })
    const { kakao_logout_url } = (await answer.json()) as { kakao_logout_url: string }
    await page.goto(kakao_logout_url)
    await press(page, '카카오계정과 함께 로그아웃')

    await see(page, KO.siteName)
    expect(page.url()).toBe(`${world.appUrl}/?bye`)
    await goToSignIn(page)
  })
})

describe("KakaoTalk's in-app browser", SIDE_BY_SIDE, () => {
  test('a guest is tried once, silently, and then sees the page', async ({ arrive, world }) => {
    const page = await arrive({ userAgent: TALK })
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().startsWith(`${world.kakaoUrl}/oauth/authorize`)) asked.push(request.url())
    })

    await page.goto('/')
    await see(page, KO.siteName)
    await page.reload()
    await see(page, KO.siteName)

    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain('prompt=none')
  })

  test('who is linked and signed in at Kakao comes in unasked', async ({ arrive }) => {
    const page = await arrive({ userAgent: TALK })
    await logIn(page)
    await press(page, KO.logout)
    await see(page, KO.siteName)
    await page.context().clearCookies({ name: /^daemun_/ })

    await page.goto('/')
    await see(page, KO.welcomeHaneul)
    expect(await findSession(page)).toBeDefined()
  })
})
