import { describe, expect } from 'vitest'
import { createCamera } from './_support/camera.ts'
import {
  choose,
  findSession,
  goToConsent,
  logIn,
  press,
  pressKakao,
  see,
} from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { EN, KO } from './_support/words.ts'

describe('withdrawing', SIDE_BY_SIDE, () => {
  test('takes two presses; then Kakao has no link, and asks for consent anew', async ({
    arrive,
    world,
    expect,
  }) => {
    const page = await arrive()
    await logIn(page)
    const user = await findSession(page)

    await page.getByRole('link', { name: KO.withdraw }).click()
    await see(page, KO.reallyWithdraw)
    await createCamera(page, 'ko')('withdrawal', ['light', 'dark'])
    await press(page, KO.withdrawNow)

    await see(page, KO.siteName)
    expect(await page.getByRole('status').innerText()).toBe(KO.withdrawn)
    await createCamera(page, 'ko')('withdrawn')
    expect(await findSession(page)).toBeUndefined()
    const links = `${world.kakaoUrl}/_emulator/people/1000000001/links`
    await expect.poll(async () => await (await fetch(links)).json()).toEqual({ links: [] })

    await pressKakao(page)
    await press(page, KO.agree)
    await see(page, KO.welcomeHaneul)
    expect((await findSession(page))?.user.id).not.toBe(user?.user.id)
  })

  test('can be thought better of', async ({ arrive }) => {
    const page = await arrive({ locale: 'en-GB' })
    await goToConsent(page, '이바다', EN)
    await press(page, EN.agree)
    await see(page, EN.welcomeBada)

    await page.getByRole('link', { name: EN.withdraw }).click()
    await see(page, EN.reallyWithdraw)
    await createCamera(page, 'en')('withdrawal')
    await page.getByRole('link', { name: EN.stay }).click()

    await see(page, EN.welcomeBada)
  })

  test('by keyboard alone: every step can be reached and seen', async ({ arrive }) => {
    const page = await arrive()
    await logIn(page)

    const way = page.getByRole('link', { name: KO.withdraw })
    await way.focus()
    await page.keyboard.press('Enter')
    await see(page, KO.reallyWithdraw)
    await page.keyboard.press('Tab')
    expect(await page.evaluate<string>('document.activeElement.textContent')).toContain(
      KO.withdrawNow,
    )
    await page.keyboard.press('Enter')

    await see(page, KO.siteName)
  })

  test('a guest who follows the link logs in, and is there', async ({ arrive }) => {
    const page = await arrive()
    await page.goto('/me/withdraw/')
    await pressKakao(page)
    await choose(page, '김하늘')
    await press(page, KO.agree)

    await see(page, KO.reallyWithdraw)
  })
})
