import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'
import { isLinked } from './_support/leaving.ts'

const PAGE = '/me/withdraw/'
const KOREAN = { accept: 'text/html', 'accept-language': 'ko' }

let world: World
let browser: Browser

async function open(environment: Record<string, string> = {}): Promise<void> {
  world = await createWorld({ environment })
  browser = world.browser()
  await login(world, browser, HANEUL)
}

beforeEach(() => open())
afterEach(() => world.close())

test('the front page leads a member to the way out', async () => {
  expect(await (await browser.get('/', KOREAN)).text()).toContain(`<a href="${PAGE}">탈퇴하기</a>`)
  expect(await (await world.browser().get('/', KOREAN)).text()).not.toContain(PAGE)
})

test('the page says what it means, and does nothing by itself', async () => {
  const page = await browser.get(PAGE, KOREAN)

  expect(page.status).toBe(200)
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(await page.text()).toMatch(/모든 기기에서[\s\S]*바로 지웁니다[\s\S]*연결을 끊습니다/)
  expect((await browser.get('/session/')).status).toBe(200)
})

test('what has to be kept, and when one may come back, is said before', async () => {
  await world.close()
  await open({ RETENTION: 'access_log:90d,consents:3y', REJOIN_AFTER: '30d' })

  const text = await (await browser.get(PAGE, KOREAN)).text()
  expect(text).toMatch(/접속 기록 보관 기한<\/dt><dd><time[^>]*>2026년 4월 1일/)
  expect(text).toMatch(/동의 내역 보관 기한<\/dt><dd><time[^>]*>2028년 12월 31일/)
  expect(text).toMatch(/다시 가입하실 수 있는 때<\/dt><dd><time[^>]*>2026년 1월 31일/)
})

test('its form withdraws as DELETE /me/ does', async () => {
  const left = await browser.post(PAGE, new URLSearchParams())

  expect([left.status, left.headers.get('location')]).toEqual([303, '/?notice=withdrawn'])
  expect(browser.cookies.size).toBe(0)
  await world.daemun.work()
  expect(await isLinked(world, HANEUL)).toBe(false)
})

test('a form of another site, or without a session, withdraws nobody', async () => {
  const headers = { origin: 'https://elsewhere.example' }
  expect((await browser.post(PAGE, new URLSearchParams(), headers)).status).toBe(403)
  expect((await world.browser().post(PAGE, new URLSearchParams())).status).toBe(401)
  expect((await browser.get('/session/')).status).toBe(200)
})

test.each(['GET', 'POST'])(
  '%s after an old sign-in leads to a new one, and back here',
  async (method) => {
    world.clock.advance(600_001)

    const answer =
      method === 'GET' ? await browser.get(PAGE) : await browser.post(PAGE, new URLSearchParams())

    expect(answer.status).toBe(403)
    expect(await readJson(answer)).toMatchObject({
      code: 'recent_login_required',
      login_url: 'http://localhost:8000/oauth/kakao/login/?next=%2Fme%2Fwithdraw%2F&prompt=login',
    })
    const page = await browser.get(PAGE, KOREAN)
    expect(await page.text()).toContain('prompt=login')
    expect((await browser.get('/session/')).status).toBe(200)
  },
)

test('a guest is led to the login, and then here', async () => {
  const page = await world.browser().get(PAGE, KOREAN)

  expect(page.status).toBe(401)
  expect(await page.text()).toContain('next=%2Fme%2Fwithdraw%2F')
})
