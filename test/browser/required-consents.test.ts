import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { createCamera } from './_support/camera.ts'
import type { ServedWorld } from './_support/served-world.ts'
import { findSession, goToConsent, logIn, press, pressKakao, see } from './_support/steps.ts'
import { test as anyTest, SIDE_BY_SIDE } from './_support/test.ts'
import { KO } from './_support/words.ts'

const test = anyTest.extend('settings', () => ({ KAKAO_REQUIRED_CONSENTS: 'account_email' }))
const REFUSED = '동의가 더 필요합니다'

/** A member takes the required consent back, logs out, and wants in again. */
async function meetRefusal(page: Page, { appUrl }: ServedWorld): Promise<void> {
  await logIn(page)
  const headers = { origin: appUrl }
  expect((await page.request.delete('/me/consents/account_email/', { headers })).ok()).toBe(true)
  await press(page, KO.logout)
  await see(page, KO.siteName)
  await pressKakao(page)
  await see(page, REFUSED)
}

describe('a required consent', SIDE_BY_SIDE, () => {
  test('is asked of somebody new until they give it', async ({ arrive }) => {
    const page = await arrive()
    await goToConsent(page)
    await page.getByText(KO.optionalEmail).click()
    await press(page, KO.agree)
    await see(page, REFUSED)
    await page.getByText('카카오계정(이메일)').waitFor()
    expect(await page.getByText('동의하지 않고 탈퇴하기').count()).toBe(0)

    // The link was undone, so Kakao asks for everything anew.
    await pressKakao(page)
    await press(page, KO.agree)
    await see(page, KO.welcomeHaneul)
  })

  test('that a member has taken back leads in again once it is given', async ({
    arrive,
    world,
  }) => {
    const page = await arrive()
    await meetRefusal(page, world)

    await pressKakao(page)
    await press(page, KO.agree)

    await see(page, KO.welcomeHaneul)
  })

  test('lets a member leave instead, with two presses', async ({ arrive, world }) => {
    const page = await arrive()
    const shoot = createCamera(page, 'ko')
    await meetRefusal(page, world)

    await page.getByText('동의하지 않고 탈퇴하기').click()
    await shoot('8-required-consent', ['light', 'dark'])
    await press(page, '탈퇴합니다')

    await see(page, KO.siteName)
    await page.getByText('탈퇴하셨습니다').waitFor()
    expect(await findSession(page)).toBeUndefined()
  })
})
