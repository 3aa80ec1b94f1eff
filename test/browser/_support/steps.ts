import type { Page } from 'playwright-core'
import { KO } from './words.ts'

/** Waits until the page with that heading is there. */
export async function see(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

export async function pressKakao(page: Page, { kakaoLogin } = KO): Promise<void> {
  await page.getByRole('link', { name: kakaoLogin }).click()
}

export async function choose(page: Page, nickname: string): Promise<void> {
  await page.getByRole('button', { name: nickname }).click()
}

export async function press(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
}

/** From the front page to Kakao's question who is there. */
export async function goToSignIn(page: Page, words = KO): Promise<void> {
  await page.goto('/')
  await pressKakao(page, words)
  await see(page, words.signIn)
}

/** From the front page to Kakao's question what may be shared. */
export async function goToConsent(page: Page, nickname = '김하늘', words = KO): Promise<void> {
  await goToSignIn(page, words)
  await choose(page, nickname)
  await page.getByRole('button', { name: words.agree }).waitFor()
}

/** A whole first login of 김하늘, everything agreed to. */
export async function logIn(page: Page): Promise<void> {
  await goToConsent(page)
  await press(page, KO.agree)
  await see(page, KO.welcomeHaneul)
}

/** What the front page tells of who is signed in: the Kakao user id, the e-mail address. */
export async function readFacts(page: Page): Promise<string[]> {
  return await page.getByRole('definition').allInnerTexts()
}

interface SessionAnswer {
  readonly user: { readonly id: string }
  readonly session: { readonly id: string }
}

/** Who the browser's cookies stand for. `undefined` where they stand for nobody. */
export async function findSession(page: Page): Promise<SessionAnswer | undefined> {
  const response = await page.request.get('/session/')
  return response.ok() ? ((await response.json()) as SessionAnswer) : undefined
}
