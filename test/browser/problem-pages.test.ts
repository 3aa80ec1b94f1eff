import { describe, expect } from 'vitest'
import { choose, press, pressKakao, see } from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { EN, KO } from './_support/words.ts'

const GARBLED = '/oauth/kakao/login/callback/?code=any&state=garbled'

describe('problem pages', SIDE_BY_SIDE, () => {
  test('in Korean, with the code, and a way to start again that works', async ({ arrive }) => {
    const page = await arrive()
    const answer = await page.goto(GARBLED)
    await see(page, KO.loginNotConfirmed)
    expect(answer?.status()).toBe(400)
    expect(await page.getByRole('definition').first().innerText()).toBe('state_invalid (400)')

    await pressKakao(page)
    await choose(page, '김하늘')
    await press(page, KO.agree)
    await see(page, KO.welcomeHaneul)
  })

  test('in English for who prefers English', async ({ arrive }) => {
    const page = await arrive({ locale: 'en-GB' })
    await page.goto(GARBLED)

    await see(page, EN.loginNotConfirmed)
    await page.getByRole('link', { name: EN.kakaoLogin }).waitFor()
  })

  test("Kakao's own, where our settings are wrong", async ({ arrive, world }) => {
    const page = await arrive()
    const query = new URLSearchParams({
      client_id: 'demo-rest-api-key',
      redirect_uri: 'https://elsewhere.example/callback/',
      response_type: 'code',
    })
    await page.goto(`${world.kakaoUrl}/oauth/authorize?${query}`)

    await see(page, KO.noLogin)
    expect(await page.getByRole('code').innerText()).toBe('KOE006')
  })
})
