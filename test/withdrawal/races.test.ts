import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/index.ts'
import type { Browser } from '../_support/browser.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { BADA, HANEUL, type World } from '../_support/world.ts'
import { isLinked, leave } from './_support/leaving.ts'

/** Calls to Kakao that hang, with one Kakao for both instances. */
interface Hanging {
  path: string
  /** Whether Kakao has done what it was asked before the answer hangs. */
  isDone: boolean
  hangs: Promise<void>
  begun(): void
}

describe.each(ENGINES)('leaving and coming back at once, on $name', (engine) => {
  let shared: SharedStore
  let one: World
  let other: World
  let db: Db
  let browser: Browser
  let hanging: Hanging | undefined
  /** Told when the other instance has spent a code. */
  let onExchanged: () => void = () => {}

  beforeEach(async () => {
    shared = await createSharedStore(engine)
    one = await shared.open({
      async intercept(request, send) {
        const held = new URL(request.url).pathname === hanging?.path ? hanging : undefined
        if (held === undefined) return await send(request)
        const answer = held.isDone ? await send(request) : undefined
        held.begun()
        await held.hangs
        return answer ?? (await send(request))
      },
    })
    other = await shared.open({
      async intercept(request) {
        const answer = await one.kakao.fetch(request)
        if (new URL(request.url).pathname === '/oauth/token') onExchanged()
        return answer
      },
    })
    db = (await openStoreAt(shared.url)).db
    browser = one.browser()
    await login(one, browser, HANEUL)
    await one.daemun.work()
  })
  afterEach(async () => {
    hanging = undefined
    await db.destroy()
    await shared.close()
  })

  /** @returns What waits for a call to have begun, and what lets it go on. */
  function hangAt(path: string, { isDone }: { isDone: boolean }) {
    const { promise: hangs, resolve: goOn } = Promise.withResolvers<void>()
    const { promise: begins, resolve: begun } = Promise.withResolvers<void>()
    hanging = { path, isDone, hangs, begun }
    return {
      begins,
      goOn() {
        hanging = undefined
        goOn()
      },
    }
  }

  /** To Kakao, which both instances share, and back to the other one. */
  async function comeBack(visitor: Browser): Promise<Response> {
    const start = await visitor.get('/oauth/kakao/login/')
    return await goOnAtKakao(visitor, start)
  }

  async function goOnAtKakao(visitor: Browser, response: Response): Promise<Response> {
    const url = response.headers.get('location') ?? ''
    return await visitor.get(await one.kakao.authorize(url, HANEUL))
  }

  async function countUsers(): Promise<number> {
    return (await db.selectFrom('users').selectAll().execute()).length
  }

  test.each([
    ['has not reached Kakao yet', false],
    ['has been carried out, but not heard of', true],
  ])('while another instance is at the unlink, which %s', async (_how, isDone) => {
    await leave(browser)
    const unlink = hangAt('/v1/user/unlink', { isDone })
    const working = one.daemun.work()
    await unlink.begins
    one.clock.advance(1000)

    const exchanged = Promise.withResolvers<void>()
    onExchanged = exchanged.resolve
    const visitor = other.browser()
    const coming = comeBack(visitor)
    await exchanged.promise
    one.clock.advance(1)
    unlink.goOn()
    const answer = await coming
    await working

    expect(answer.status).toBe(302)
    expect(await readJson(await goOnAtKakao(visitor, answer))).toMatchObject({ is_new_user: true })
    one.clock.advance(3_600_000)
    await Promise.all([one.daemun.work(), other.daemun.work()])
    expect(await isLinked(one, HANEUL)).toBe(true)
    expect((await visitor.get('/session/')).status).toBe(200)
  })

  test('a login under way from before signs nobody up whose link has ended meanwhile', async () => {
    const visitor = one.browser()
    const callback = await goToKakao(one, visitor, HANEUL)
    const exchange = hangAt('/oauth/token', { isDone: true })
    const coming = visitor.get(callback)
    await exchange.begins
    one.clock.advance(1000)
    await leave(browser)
    await other.daemun.work()
    expect(await isLinked(one, HANEUL)).toBe(false)

    exchange.goOn()
    const answer = await coming

    expect(answer.status).toBe(302)
    expect(await countUsers()).toBe(0)
    expect((await visitor.get('/session/')).status).toBe(401)
    expect(await readJson(await goOnAtKakao(visitor, answer))).toMatchObject({ is_new_user: true })
    expect(await isLinked(one, HANEUL)).toBe(true)
  })

  test('whoever is a user in the end is linked at Kakao, and nobody else', async () => {
    let leaving = browser
    for (let turn = 0; turn < 6; turn += 1) {
      const visitor = other.browser()
      const start = await visitor.get('/oauth/kakao/login/')
      const back = await one.kakao.authorize(start.headers.get('location') ?? '', HANEUL)
      const [left, came] = await Promise.all([leave(leaving), visitor.get(back)])

      expect(left.status).toBe(200)
      expect([200, 302, 503]).toContain(came.status)
      one.clock.advance(10_000)
      await Promise.all([one.daemun.work(), other.daemun.work()])
      expect(await isLinked(one, HANEUL)).toBe((await countUsers()) === 1)

      leaving = one.browser()
      const again = await login(one, leaving, HANEUL)
      expect([200, 302]).toContain(again.status)
      if (again.status === 302) await goOnAtKakao(leaving, again)
    }
  })

  test('whoever ties another account while leaving leaves with both', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      const start = await browser.get('/oauth/kakao/link/', { 'sec-fetch-site': 'same-origin' })
      const back = await one.kakao.authorize(start.headers.get('location') ?? '', BADA)
      // The code is spent before the withdrawal, or while it goes on.
      const exchange = hangAt('/oauth/token', { isDone: true })
      const linking = browser.get(back)
      await exchange.begins
      exchange.goOn()
      const [left] = await Promise.all([leave(browser), linking])

      expect(left.status).toBe(200)
      one.clock.advance(10_000)
      await one.daemun.work()
      expect([await isLinked(one, HANEUL), await isLinked(one, BADA)]).toEqual([false, false])
      expect(await countUsers()).toBe(0)

      browser = one.browser()
      await login(one, browser, HANEUL)
    }
  })
})
