import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import type { Browser } from '../_support/browser.ts'
import { demoSeed, HANEUL, logIn, me } from './_support/demo-app.ts'
import { newBrowser } from './_support/pages.ts'
import { BOTH_WEBHOOKS, createService } from './_support/service.ts'

const PAGE = '/account/services'

async function visit(seedApp: Parameters<typeof demoSeed>[0] = {}) {
  const service = createService()
  const seed = demoSeed({
    name: '가게',
    consent_items: [{ id: 'profile_nickname', level: 'required' }, { id: 'gender' }],
    webhooks: BOTH_WEBHOOKS,
    ...seedApp,
  })
  const kakao = createKakaoEmulator({ seed, fetch: service.fetch })
  const tokens = await logIn(kakao)
  await kakao.settled()
  service.received.length = 0
  return { kakao, service, tokens, browser: newBrowser(kakao) }
}

async function send(browser: Browser, fields: Record<string, string>) {
  await browser.get(PAGE)
  const response = await browser.post(PAGE, new URLSearchParams(fields))
  expect(response.headers.get('location')).toBe(PAGE)
  return await (await browser.get(PAGE)).text()
}

describe('connected services', () => {
  test('asks first whose they are, then lists them', async () => {
    const { browser } = await visit()
    expect(await (await browser.get(PAGE)).text()).toContain('김하늘')
    const page = await send(browser, { person: HANEUL })
    expect(page).toContain('<h2>가게</h2>')
    expect(page).toContain('value="gender"')
    expect(page).not.toContain('value="profile_nickname"')
  })

  test('disconnects one, which both webhooks tell', async () => {
    const { kakao, browser, service, tokens } = await visit()
    await send(browser, { person: HANEUL })
    const page = await send(browser, { app_id: '123456', disconnect: 'true' })

    expect(page).toContain('연결된 서비스가 없습니다.')
    expect((await me(kakao, tokens)).status).toBe(401)
    await kakao.settled()
    expect(service.received[0]?.body).toContain('referrer_type=UNLINK_FROM_APPS')
    expect(service.events()).toEqual(['user-unlinked'])
  })

  test('withdraws consent to an item, unless it is required', async () => {
    const { kakao, browser, service } = await visit()
    await send(browser, { person: HANEUL })
    await send(browser, { app_id: '123456', withdraw: 'profile_nickname' })
    const page = await send(browser, { app_id: '123456', withdraw: 'gender' })

    expect(page).not.toContain('value="gender"')
    await kakao.settled()
    expect(service.events()).toEqual(['user-scope-withdraw'])
  })

  test('does nothing for who is not signed in', async () => {
    const { kakao, browser, tokens } = await visit()
    await send(browser, { app_id: '123456', disconnect: 'true' })
    expect((await me(kakao, tokens)).status).toBe(200)
  })

  test('can be seen by somebody else in the same browser', async () => {
    const { browser } = await visit()
    await send(browser, { person: HANEUL })
    expect(await send(browser, { leave: 'true' })).toContain('누구의 연결된 서비스를 볼까요?')
  })
})
