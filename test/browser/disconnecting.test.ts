import { describe } from 'vitest'
import { findSession, logIn, press, see } from './_support/steps.ts'
import { test as anyTest, SIDE_BY_SIDE } from './_support/test.ts'
import { KO } from './_support/words.ts'

const test = anyTest.extend('settings', () => ({ KAKAO_APP_ID: '123456' }))
const NONE = '연결된 서비스가 없습니다.'
/** Mostly a few hundredths of a second; a busy machine takes longer. */
const SOON = { timeout: 10_000, interval: 20 }

/** Has the emulator tell our server, as somebody registers it in Kakao's console. */
async function registerWebhooks({ appUrl, kakaoUrl }: { appUrl: string; kakaoUrl: string }) {
  const webhooks = {
    unlink: { url: `${appUrl}/webhooks/kakao/unlink/` },
    account_status: { url: `${appUrl}/webhooks/kakao/account-status/` },
  }
  const app = `${kakaoUrl}/_emulator/apps/123456`
  await fetch(app, { method: 'PATCH', body: JSON.stringify({ webhooks }) })
}

describe('a person and their link', SIDE_BY_SIDE, () => {
  test('cut at Kakao: they are signed out here at once, and a new member when back', async ({
    arrive,
    world,
    expect,
  }) => {
    await registerWebhooks(world)
    const page = await arrive()
    await logIn(page)
    const before = await findSession(page)

    await page.goto(`${world.kakaoUrl}/account/services`)
    await press(page, '연결 해제')
    await expect.poll(async () => await findSession(page), SOON).toBeUndefined()

    await page.getByText(NONE).waitFor()
    await page.goto('/')
    await see(page, KO.siteName)
    await page.goto('/oauth/kakao/login/?next=/')
    await press(page, KO.agree)
    await see(page, KO.welcomeHaneul)
    expect((await findSession(page))?.user.id).not.toBe(before?.user.id)
  })

  test('cut by a withdrawal here: Kakao shows no link any more', async ({
    arrive,
    world,
    expect,
  }) => {
    const page = await arrive()
    await logIn(page)

    const answer = await page.request.delete('/me/', { headers: { origin: world.appUrl } })
    expect(answer.status()).toBe(200)

    await expect
      .poll(async () => {
        await page.goto(`${world.kakaoUrl}/account/services`)
        return await page.getByText(NONE).count()
      })
      .toBe(1)
    await page.goto('/')
    await see(page, KO.siteName)
  })
})
