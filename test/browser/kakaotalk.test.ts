import { describe, expect } from 'vitest'
import { HANEUL } from '../_support/world.ts'
import { countLiveTokens, readJournal } from './_support/journal.ts'
import { leaveWithAccount } from './_support/leave-with-account.ts'
import type { ServedWorld } from './_support/served-world.ts'
import { choose, findSession, goToSignIn, logIn, press, pressKakao, see } from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { KO } from './_support/words.ts'

const TALK = {
  userAgent:
    'Mozilla/5.0 (Linux; Android 15; SM-S928N) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/147.0.0.0 Mobile Safari/537.36;KAKAOTALK 2610850',
}

describe("the front page in KakaoTalk's in-app browser", SIDE_BY_SIDE, () => {
  test('the button asks who is there', async ({ arrive, world }) => {
    const page = await arrive(TALK)
    await goToSignIn(page)
    expect(await readPrompts(world)).toEqual(['none', undefined])
  })

  test('who is linked comes in unasked, and leaves Kakao too where asked', async ({
    arrive,
    world,
  }) => {
    const page = await arrive(TALK)
    await logIn(page)
    // Another hour, another visit: what we keep in the browser is gone, what Kakao keeps is not.
    await page.context().clearCookies({ name: /^daemun/ })
    await page.goto('/')
    await see(page, KO.welcomeHaneul)

    await leaveWithAccount(page)
    await press(page, KO.leaveKakao)
    await see(page, KO.siteName)
    expect(await countLiveTokens(world, HANEUL.id)).toBe(0)
    await pressKakao(page)
    await see(page, KO.signIn)
  })

  test('who logs out there stays out', async ({ arrive }) => {
    const page = await arrive(TALK)
    await logIn(page)
    await press(page, KO.logout)
    await see(page, KO.siteName)

    await page.reload()
    await see(page, KO.siteName)
    expect(await findSession(page)).toBeUndefined()
  })

  test('who came in by a link and logs out stays out too', async ({ arrive }) => {
    const page = await arrive(TALK)
    await page.goto('/oauth/kakao/login/?next=/')
    await choose(page, '김하늘')
    await press(page, KO.agree)
    await see(page, KO.welcomeHaneul)

    await press(page, KO.logout)
    await see(page, KO.siteName)
    expect(await findSession(page)).toBeUndefined()
  })

  test('any other browser is not tried at all', async ({ arrive, world }) => {
    const page = await arrive()
    await page.goto('/')
    await see(page, KO.siteName)
    expect(await readPrompts(world)).toEqual([])
  })
})

async function readPrompts(world: ServedWorld): Promise<(string | undefined)[]> {
  const requests = await readJournal(world, '/oauth/authorize')
  return requests.map(({ query }) => query.prompt)
}
