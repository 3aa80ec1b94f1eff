import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { choose, findSession, logIn, press, pressKakao, see } from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { receiveWebhooks } from './_support/webhook-receiver.ts'
import { KO } from './_support/words.ts'

const HANEUL = '1000000001'
const UNLINKED = `/unlink app_id=123456&user_id=${HANEUL}&referrer_type=UNLINK_FROM_APPS`

/** Follows a link of the emulator's first page. */
async function openControl(page: Page, kakaoUrl: string, link: string, heading = link) {
  await page.goto(`${kakaoUrl}/_emulator/`)
  await page.getByRole('link', { name: link }).click()
  await see(page, heading)
}

describe('connected services', SIDE_BY_SIDE, () => {
  test('disconnecting one fires both webhooks, and Kakao asks for consent again', async ({
    arrive,
    world,
    onTestFinished,
    expect,
  }) => {
    const service = await receiveWebhooks(world)
    onTestFinished(service.close)
    const page = await arrive()
    await logIn(page)

    await page.goto(`${world.kakaoUrl}/account/services`)
    await see(page, KO.services)
    await press(page, '연결 해제')
    await page.getByText('연결된 서비스가 없습니다.').waitFor()
    await expect.poll(() => service.received).toContain('/status user-unlinked')
    expect(service.received).toContain(UNLINKED)

    await page.goto('/oauth/kakao/login/?next=/')
    await page.getByRole('button', { name: KO.agree }).waitFor()
  })

  test('consent to an item can be taken back there, but not to a required one', async ({
    arrive,
    world,
    onTestFinished,
    expect,
  }) => {
    const service = await receiveWebhooks(world)
    onTestFinished(service.close)
    const page = await arrive()
    await logIn(page)

    await page.goto(`${world.kakaoUrl}/account/services`)
    const withdraw = page.getByRole('button', { name: '동의 철회' })
    expect(await withdraw.count()).toBe(2)
    await page
      .getByRole('listitem')
      .filter({ hasText: '카카오계정(이메일)' })
      .locator(withdraw)
      .click()
    await page.getByText('카카오계정(이메일)').waitFor({ state: 'detached' })
    expect(await withdraw.count()).toBe(1)
    await expect.poll(() => service.received).toContain('/status user-scope-withdraw')
  })

  test('of another Kakao Account are seen after choosing it', async ({ arrive, world }) => {
    const page = await arrive()
    await page.goto(`${world.kakaoUrl}/account/services`)
    await choose(page, '박솔')
    await page.getByText('연결된 서비스가 없습니다.').waitFor()
    await press(page, '다른 카카오계정으로 보기')
    await page.getByRole('button', { name: '김하늘' }).waitFor()
  })
})

describe('the control pages', SIDE_BY_SIDE, () => {
  test('set a fault that the next login meets, and show it in the journal', async ({
    arrive,
    world,
  }) => {
    const page = await arrive()
    await openControl(page, world.kakaoUrl, '걸어 둔 장애')
    await page.getByLabel('경로').fill('/oauth/authorize')
    await page.getByLabel('KOE 코드').fill('KOE006')
    await press(page, '장애 걸기')
    await page.getByText('"koe":"KOE006"').waitFor()

    await page.goto('/')
    await pressKakao(page)
    await see(page, KO.noLogin)
    await page.getByText('KOE006').waitFor()

    await openControl(page, world.kakaoUrl, '받은 요청')
    const row = page.getByRole('row').filter({ hasText: 'GET /oauth/authorize' })
    expect(await row.getByRole('cell').last().innerText()).toBe('400')
    await press(page, '모두 지우기')
    await page.getByText('받은 요청이 없습니다.').waitFor()
  })

  test('unlink a person, and show the webhooks that were sent', async ({
    arrive,
    world,
    onTestFinished,
    expect,
  }) => {
    const service = await receiveWebhooks(world)
    onTestFinished(service.close)
    const page = await arrive()
    await logIn(page)

    await openControl(page, world.kakaoUrl, HANEUL, '김하늘')
    await page.getByLabel('해제 경로').selectOption('ACCOUNT_DELETE')
    await press(page, '연결 해제')
    await page.getByText('연결된 앱이 없습니다.').waitFor()
    await expect.poll(() => service.received).toContain('/status user-unlinked')

    await openControl(page, world.kakaoUrl, '보낸 웹훅')
    await page.getByText('ACCOUNT_DELETE').waitFor()
  })

  test('send a webhook by hand, and show what the service answered', async ({
    arrive,
    world,
    onTestFinished,
  }) => {
    const service = await receiveWebhooks(world)
    onTestFinished(service.close)
    const page = await arrive()
    await openControl(page, world.kakaoUrl, HANEUL, '김하늘')
    await page.getByText('계정 상태 변경 웹훅').click()
    await page.getByLabel('이벤트').selectOption('credential-change')
    await page.getByRole('button', { name: '보내기' }).last().click()
    await page.getByText('"status": 202').waitFor()
    expect(service.received).toEqual(['/status credential-change'])
  })

  test('move the clock, until the sign-in at Kakao is over', async ({ arrive, world }) => {
    const page = await arrive()
    await logIn(page)
    await page.goto(`${world.kakaoUrl}/_emulator/`)
    await page.getByLabel('앞으로 돌릴 시간(초)').fill('86400')
    await press(page, '시간 옮기기')
    await see(page, KO.emulator)

    await page.goto('/oauth/kakao/login/?next=/')
    await see(page, KO.signIn)
  })

  test('change the app, a switch and a person, and start over', async ({ arrive, world }) => {
    const page = await arrive()
    await openControl(page, world.kakaoUrl, '123456', 'Demo')
    await page.getByLabel('카카오 로그인 사용').uncheck()
    await page.getByRole('button', { name: '저장' }).first().click()
    await page.goto(`${world.kakaoUrl}/_emulator/switches`)
    await page.getByLabel('스위치').fill('{"error_page_status": 403}')
    await press(page, '저장')
    await openControl(page, world.kakaoUrl, HANEUL, '김하늘')
    await page.getByLabel('닉네임').fill('새 이름')
    await page.getByRole('button', { name: '저장' }).click()
    await see(page, '새 이름')

    const refused = await page.goto('/oauth/kakao/login/')
    expect(refused?.status()).toBe(403)
    await page.getByText('KOE004').waitFor()

    await page.goto(`${world.kakaoUrl}/_emulator/`)
    await press(page, '처음으로')
    await logIn(page)
    expect(await findSession(page)).toBeDefined()
  })
})
