import type { Page } from 'playwright-core'
import { press } from './steps.ts'

/** A page that a service serves behind the same host, with a way out of its own. */
const SERVICE = '/my-service/'

/** Logs out together with the Kakao Account, by a form of the service. */
export async function leaveWithAccount(page: Page): Promise<void> {
  await page.route(SERVICE, async (route) => {
    await route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><link rel="icon" href="data:,">
        <form method="post" action="/logout/">
          <input type="hidden" name="kakao" value="account">
          <input type="hidden" name="next" value="/">
          <button>나가기</button>
        </form>`,
    })
  })
  await page.goto(SERVICE)
  await press(page, '나가기')
}
