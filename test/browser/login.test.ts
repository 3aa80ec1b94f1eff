import type { Cookie, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import {
  choose,
  findSession,
  goToConsent,
  goToSignIn,
  logIn,
  press,
  pressKakao,
  readFacts,
  see,
} from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { KO } from './_support/words.ts'

describe('logging in', SIDE_BY_SIDE, () => {
  test('the consent page tells what must and what may be shared', async ({ arrive }) => {
    const page = await arrive()
    await goToConsent(page)

    expect(await page.getByRole('group', { name: '제공할 정보' }).innerText()).toMatch(
      /\[필수\] 닉네임\s+\[선택\] 프로필 사진\s+\[선택\] 카카오계정\(이메일\)/,
    )
  })

  test('what must be shared cannot be refused', async ({ arrive }) => {
    const page = await arrive()
    await goToConsent(page)
    const sent = collectPosts(page, '/account/consent')

    await page.getByRole('checkbox', { name: '[필수] 닉네임' }).uncheck()
    await press(page, KO.agree)
    await page.getByRole('checkbox', { name: '[필수] 닉네임' }).check()
    await press(page, KO.agree)

    await see(page, KO.welcomeHaneul)
    expect(sent).toHaveLength(1)
  })

  test('who agrees to everything is signed in, until they log out', async ({ arrive }) => {
    const page = await arrive()
    await logIn(page)
    expect(await readFacts(page)).toEqual(['kakao_1000000001', 'haneul@example.com 확인됨'])

    await press(page, KO.logout)
    await see(page, KO.siteName)
    expect(await findSession(page)).toBeUndefined()
  })

  test('no script can read the session cookie, and it goes with the logout', async ({ arrive }) => {
    const page = await arrive()
    await logIn(page)
    expect(await findSessionCookie(page)).toMatchObject({ httpOnly: true, sameSite: 'Lax' })

    await press(page, KO.logout)
    await see(page, KO.siteName)
    expect(await findSessionCookie(page)).toBeUndefined()
  })

  test('who refuses the e-mail is signed in without one', async ({ arrive }) => {
    const page = await arrive()
    await goToConsent(page)
    await page.getByRole('checkbox', { name: KO.optionalEmail }).uncheck()
    await press(page, KO.agree)

    await see(page, KO.welcomeHaneul)
    expect(await readFacts(page)).toEqual(['kakao_1000000001', '공유하지 않음'])
  })

  test('who comes again is the same user and is asked nothing more', async ({ arrive }) => {
    const page = await arrive()
    await logIn(page)
    const first = await findSession(page)
    await press(page, KO.logout)
    await see(page, KO.siteName)

    await pressKakao(page)
    // The browser is still known at Kakao: no page of Kakao's stands in between.
    await see(page, KO.welcomeHaneul)
    const second = await findSession(page)
    expect(second?.user.id).toBe(first?.user.id)
    expect(second?.session.id).not.toBe(first?.session.id)
  })

  test('two tabs that log in at once both come in', async ({ arrive }) => {
    const one = await arrive()
    const other = await one.context().newPage()
    const tabs = [one, other]
    for (const tab of tabs) await goToSignIn(tab)
    for (const tab of tabs) {
      await choose(tab, '김하늘')
      await tab.getByRole('button', { name: KO.agree }).waitFor()
    }

    for (const tab of tabs) {
      await press(tab, KO.agree)
      await see(tab, KO.welcomeHaneul)
    }
    await one.reload()
    await see(one, KO.welcomeHaneul)
    expect(await findSession(one)).toEqual(await findSession(other))
  })

  test('none of it needs JavaScript', async ({ arrive }) => {
    const page = await arrive({ javaScriptEnabled: false })
    await logIn(page)

    await press(page, KO.logout)
    await see(page, KO.siteName)
  })
})

function collectPosts(page: Page, path: string): string[] {
  const posts: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith(path)) posts.push(request.url())
  })
  return posts
}

async function findSessionCookie(page: Page): Promise<Cookie | undefined> {
  const cookies = await page.context().cookies()
  return cookies.find(({ name }) => name === 'daemun_session')
}
