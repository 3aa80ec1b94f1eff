import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { choose, findSession, goToConsent, logIn, press, see } from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { KO } from './_support/words.ts'

const CALLBACK = '/oauth/kakao/login/callback/'

describe('turning back', SIDE_BY_SIDE, () => {
  test('who cancels is back on the front page, told so, and not signed in', async ({ arrive }) => {
    const page = await arrive()
    await goToConsent(page)
    await press(page, KO.cancel)

    await see(page, KO.siteName)
    expect(await page.getByRole('status').innerText()).toContain(KO.cancelled)
    expect(await findSession(page)).toBeUndefined()
  })

  test('Back after a login, then Forward: still the same session', async ({ arrive }) => {
    const page = await arrive()
    await logIn(page)
    const before = await findSession(page)

    await page.goBack()
    await see(page, KO.noLogin)
    await page.goForward()
    await see(page, KO.welcomeHaneul)
    expect(await findSession(page)).toEqual(before)
  })

  test('the callback opened again within a minute: still the same session', async ({ arrive }) => {
    const page = await arrive()
    const callback = page.waitForRequest((request) => request.url().includes(CALLBACK))
    await logIn(page)
    const before = await findSession(page)

    await page.goto((await callback).url())
    await see(page, KO.welcomeHaneul)
    expect(await findSession(page)).toEqual(before)
  })

  test('Back to a callback that answered in JSON: the same answer again', async ({ arrive }) => {
    const page = await arrive()
    const first = await logInForJson(page)
    await page.goto('/')

    const again = await page.goBack()
    expect(await again?.json()).toEqual(first)
  })

  test('Back to the callback after a logout signs nobody in', async ({ arrive }) => {
    const page = await arrive()
    await logInForJson(page)
    await page.goto('/')
    await press(page, KO.logout)
    await see(page, KO.siteName)

    await page.goBack()
    await page.goBack()
    expect(page.url()).toContain(CALLBACK)
    await see(page, KO.loginNotConfirmed)
    expect(await findSession(page)).toBeUndefined()
  })

  test('Back after a logout does not show who was signed in', async ({ arrive }) => {
    const page = await arrive()
    await logIn(page)
    await press(page, KO.logout)
    await see(page, KO.siteName)

    await page.goBack()
    await see(page, KO.siteName)
  })
})

/** A login without `next`: the callback's own answer stays on the screen. */
async function logInForJson(page: Page): Promise<unknown> {
  await page.goto('/oauth/kakao/login/')
  await choose(page, '김하늘')
  const answer = page.waitForResponse((response) => response.url().includes(CALLBACK))
  await press(page, KO.agree)
  return await (await answer).json()
}
