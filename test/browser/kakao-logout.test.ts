import { describe, expect } from 'vitest'
import { readJournal } from './_support/journal.ts'
import { leaveWithAccount } from './_support/leave-with-account.ts'
import { findSession, logIn, press, pressKakao, see } from './_support/steps.ts'
import { SIDE_BY_SIDE, test } from './_support/test.ts'
import { KO } from './_support/words.ts'

describe('logging out with the Kakao Account, by a form of the service', SIDE_BY_SIDE, () => {
  test('ends our session and the tokens, and Kakao asks again who is there', async ({
    arrive,
    world,
  }) => {
    const page = await arrive()
    await logIn(page)
    await leaveWithAccount(page)

    await press(page, KO.leaveKakao)
    await see(page, KO.siteName)
    expect(await findSession(page)).toBeUndefined()
    expect(await readJournal(world, '/v1/user/logout')).toMatchObject([{ status: 200 }])

    await pressKakao(page)
    await see(page, KO.signIn)
  })

  test('who stays at Kakao is out of ours all the same', async ({ arrive }) => {
    const page = await arrive()
    await logIn(page)
    await leaveWithAccount(page)

    await press(page, KO.leaveService)
    await see(page, KO.siteName)
    expect(await findSession(page)).toBeUndefined()

    await pressKakao(page)
    await see(page, KO.welcomeHaneul)
  })

  test("Back to Kakao's question signs nobody in", async ({ arrive }) => {
    const page = await arrive()
    await logIn(page)
    await leaveWithAccount(page)
    await press(page, KO.leaveKakao)
    await see(page, KO.siteName)

    // Kakao has nobody left to ask, and sends the browser on.
    await page.goBack()
    await see(page, KO.siteName)
    expect(await findSession(page)).toBeUndefined()
  })
})
