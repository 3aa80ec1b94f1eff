import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { HANEUL } from '../_support/world.ts'
import { countLiveTokens } from './_support/journal.ts'
import type { ServedWorld } from './_support/served-world.ts'
import { choose, press, see } from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { KO } from './_support/words.ts'

/** What the page app shows once it shows something new. */
async function read(page: Page, part: string): Promise<unknown> {
  const status = page.getByRole('status').filter({ hasText: part })
  await status.waitFor()
  return JSON.parse(await status.innerText())
}

async function logInAtKakao(page: Page): Promise<void> {
  await see(page, KO.signIn)
  await choose(page, '김하늘')
  await press(page, KO.agree)
  await see(page, 'Page app')
}

async function askWho(page: Page): Promise<unknown> {
  await press(page, 'Who am I')
  return await read(page, 'status')
}

/** Leaves Kakao's tokens too, and sees that they are worth nothing there any more. */
async function logOut(page: Page, world: ServedWorld): Promise<void> {
  expect(await countLiveTokens(world, HANEUL.id)).toBeGreaterThan(0)
  await press(page, 'Log out')
  expect(await read(page, 'sessions_ended')).toEqual({ sessions_ended: 1 })
  expect(await askWho(page)).toEqual({ status: 401 })
  expect(await countLiveTokens(world, HANEUL.id)).toBe(0)
}

describe('a page app on another origin', SIDE_BY_SIDE, () => {
  test('that receives the code itself logs in by relay, refreshes, and logs out', async ({
    arrive,
    world,
  }) => {
    const page = await arrive()
    await page.goto(world.pageAppUrl)
    await press(page, 'Relay')
    await logInAtKakao(page)

    expect(await read(page, 'social_id')).toEqual({ same: true, social_id: 'kakao_1000000001' })
    expect(await askWho(page)).toEqual({ status: 200, nickname: '김하늘' })
    await press(page, 'Refresh')
    expect(await read(page, 'refreshed')).toEqual({ refreshed: true })

    await logOut(page, world)
  })

  test('gets a one-time code; a reload with the code in the URL logs nobody out', async ({
    arrive,
    world,
  }) => {
    const page = await arrive()
    await page.goto(world.pageAppUrl)
    await press(page, 'One-time code')
    await logInAtKakao(page)
    expect(await read(page, 'social_id')).toEqual({ social_id: 'kakao_1000000001' })

    const reload = page.waitForResponse((response) => response.url().endsWith('/oauth/token/'))
    await page.reload()
    expect((await reload).status()).toBe(400)
    expect(await read(page, 'error')).toEqual({ error: 'invalid_grant' })
    expect(await askWho(page)).toEqual({ status: 200, nickname: '김하늘' })
    await logOut(page, world)
  })

  test('leaves no cookie of ours in the browser', async ({ arrive, world }) => {
    const page = await arrive()
    await page.goto(world.pageAppUrl)
    await press(page, 'Relay')
    await logInAtKakao(page)
    await read(page, 'social_id')

    const cookies = await page.context().cookies(world.appUrl)
    expect(cookies.filter(({ name }) => name.startsWith('daemun'))).toEqual([])
  })

  test('whose visitor cancels is told so', async ({ arrive, world }) => {
    const page = await arrive()
    await page.goto(world.pageAppUrl)
    await press(page, 'One-time code')
    await see(page, KO.signIn)
    await choose(page, '김하늘')
    await press(page, KO.cancel)

    await see(page, 'Page app')
    expect(await read(page, 'error')).toEqual({ error: 'access_denied' })
  })

  test('refreshing in two tabs at once stays logged in in both', async ({ arrive, world }) => {
    const page = await arrive()
    await page.goto(world.pageAppUrl)
    await press(page, 'Relay')
    await logInAtKakao(page)
    await read(page, 'social_id')
    const tokens = await page.evaluate(() => sessionStorage.getItem('tokens') ?? '')
    const other = await page.context().newPage()
    await other.goto(world.pageAppUrl)
    await other.evaluate((text) => sessionStorage.setItem('tokens', text), tokens)

    await Promise.all([press(page, 'Refresh'), press(other, 'Refresh')])
    await Promise.all([read(page, 'refreshed'), read(other, 'refreshed')])

    for (const tab of [page, other]) {
      expect(await askWho(tab)).toEqual({ status: 200, nickname: '김하늘' })
    }
  })
})
