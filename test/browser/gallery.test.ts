import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { createCamera, type Scheme, type Shoot } from './_support/camera.ts'
import type { ServedWorld } from './_support/served-world.ts'
import { choose, goToConsent, press, pressKakao, see } from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { EN, KO, type Words } from './_support/words.ts'

const BOTH: readonly Scheme[] = ['light', 'dark']

interface Walk {
  readonly page: Page
  readonly words: Words
  readonly shoot: Shoot
  readonly world: ServedWorld
}

/** The pictures are in `test-results/screenshots/`, for people to look at. */
describe('every page fits a telephone and has its Korean font', SIDE_BY_SIDE, () => {
  for (const { locale, words } of [
    { locale: 'ko-KR', words: KO },
    { locale: 'en-GB', words: EN },
  ]) {
    test(`a login in ${locale}`, async ({ arrive, world }) => {
      const page = await arrive({ locale })
      const shoot = createCamera(page, locale.slice(0, 2))
      await walkThroughLogin({ page, words, shoot, world })
    })

    test(`what can go wrong in ${locale}`, async ({ arrive, world }) => {
      const page = await arrive({ locale })
      const shoot = createCamera(page, locale.slice(0, 2))
      await walkIntoProblems({ page, words, shoot, world })
    })

    test(`the rest of the emulator in ${locale}`, async ({ arrive, world }) => {
      const page = await arrive({ locale })
      const shoot = createCamera(page, locale.slice(0, 2))
      await walkThroughEmulator({ page, words, shoot, world })
    })
  }
})

async function walkThroughLogin({ page, words, shoot }: Walk): Promise<void> {
  await page.goto('/')
  await see(page, words.siteName)
  await shoot('1-guest', BOTH)

  await pressKakao(page, words)
  await see(page, words.signIn)
  await shoot('2-sign-in', BOTH)

  await page.getByRole('link', { name: words.newAccount }).click()
  await page.getByRole('textbox').first().waitFor()
  await shoot('2-sign-up', BOTH)
  await page.goBack()

  await choose(page, '김하늘')
  await page.getByRole('button', { name: words.agree }).waitFor()
  await shoot('3-consent', BOTH)

  await press(page, words.agree)
  await see(page, words.welcomeHaneul)
  await shoot('4-signed-in', BOTH)
}

async function walkIntoProblems({ page, words, shoot, world }: Walk): Promise<void> {
  await goToConsent(page, '이바다', words)
  await press(page, words.cancel)
  await see(page, words.siteName)
  await shoot('5-cancelled', BOTH)

  await pressKakao(page, words)
  await press(page, words.agree)
  await see(page, words.welcomeBada)
  await shoot('6-no-email', BOTH)

  await page.goto('/oauth/kakao/login/callback/?code=any&state=garbled')
  await see(page, words.loginNotConfirmed)
  await shoot('7-problem', BOTH)

  await page.goto(`${world.kakaoUrl}/oauth/authorize?client_id=unknown`)
  await see(page, words.noLogin)
  await shoot('8-koe', BOTH)

  await page.goto(`${world.kakaoUrl}/account/consent`)
  await see(page, words.noLogin)
  await shoot('9-lost', BOTH)
}

const CONTROL_PAGES = [
  '',
  'people/1000000001',
  'apps/123456',
  'webhooks',
  'faults',
  'journal',
  'switches',
]

async function walkThroughEmulator({ page, words, shoot, world }: Walk): Promise<void> {
  await goToConsent(page, '김하늘', words)
  await press(page, words.agree)
  await see(page, words.welcomeHaneul)
  await page.goto(`${world.kakaoUrl}/account/services`)
  await see(page, words.services)
  await shoot('10-services', BOTH)

  const back = new URLSearchParams({ logout_redirect_uri: `${world.appUrl}/` })
  await page.goto(`${world.kakaoUrl}/oauth/logout?client_id=demo-rest-api-key&${back}`)
  await page.getByRole('button', { name: words.leaveKakao }).waitFor()
  await shoot('11-logout', BOTH)

  const fault = { path: '/oauth/token', koe: 'KOE237', times: 3 }
  await page.request.post(`${world.kakaoUrl}/_emulator/faults`, { data: fault })
  for (const path of CONTROL_PAGES) {
    await page.goto(`${world.kakaoUrl}/_emulator/${path}`)
    for (const summary of await page.locator('summary').all()) await summary.click()
    await shoot(`12-control-${path.split('/')[0] || 'home'}`, BOTH)
  }
}
