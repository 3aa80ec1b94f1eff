import { afterEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { type Clock, createClock } from '../_support/clock.ts'
import { createDurableUrl, ENGINES, openStoreAt } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createReceiver, tellTo } from '../_support/receiver.ts'
import { askSession, loginByRelay, refresh } from '../_support/ways.ts'
import { BADA, HANEUL, type World, type WorldOptions } from '../_support/world.ts'
import { createHookedWorld, sendWebhook, UNLINK } from '../webhooks/_support/hooked-world.ts'

const MINUTE = 60_000

describe.each(ENGINES)('a clock that was a minute ahead and is set right, on $name', (engine) => {
  let world: World
  let url: string
  /** Kakao's: right all the time. */
  let kakaoClock: Clock
  afterEach(() => world.close())

  async function openAhead(options: WorldOptions = {}): Promise<void> {
    url = await createDurableUrl(engine)
    const environment = { KAKAO_ADMIN_KEY: 'demo-admin-key', ...options.environment }
    kakaoClock = createClock()
    world = await createHookedWorld(engine, {
      ...options,
      environment: { ...environment, DATABASE_URL: url },
      emulator: { now: kakaoClock.now },
    })
    world.clock.advance(MINUTE)
  }

  async function signIn(person = HANEUL, browser = world.browser()): Promise<Browser> {
    expect((await login(world, browser, person)).status).toBe(200)
    return browser
  }

  const setRight = () => world.clock.advance(-MINUTE)
  function pass(ms: number): void {
    world.clock.advance(ms)
    kakaoClock.advance(ms)
  }

  const isIn = async (browser: Browser) => (await browser.get('/session/')).status === 200

  test.each(['sessions-revoked', 'credential-compromise'])(
    '%s ends what was begun meanwhile, and a login that comes after stays',
    async (event) => {
      await openAhead()
      const browser = await signIn()
      const { access_token } = await loginByRelay(world)
      setRight()
      pass(5000)

      await sendWebhook(world, { kind: 'account_status', person: HANEUL.id, event })

      expect(await isIn(browser)).toBe(false)
      expect((await askSession(world, access_token)).status).toBe(401)
      pass(2000)
      expect(await isIn(await signIn())).toBe(true)
    },
  )

  test('what befalls an account befalls it, though its last login is dated later', async () => {
    await openAhead()
    await signIn()
    setRight()
    pass(5000)

    const wanted = { kind: 'account_status', person: HANEUL.id, event: 'account-disabled' }
    await sendWebhook(world, wanted)

    const { db } = await openStoreAt(url)
    expect(await db.selectFrom('identities').select('state').execute()).toEqual([
      { state: 'suspended' },
    ])
    await db.destroy()
  })

  test('an unlink webhook ends what was begun meanwhile', async () => {
    await openAhead()
    const browser = await signIn()
    setRight()

    const query = new URLSearchParams({ app_id: '123456', user_id: HANEUL.id })
    const headers = { authorization: 'KakaoAK demo-admin-key' }
    expect((await world.browser().get(`${UNLINK}?${query}`, headers)).status).toBe(200)

    expect(await isIn(browser)).toBe(false)
  })

  test('who left meanwhile can come back at once', async () => {
    await openAhead()
    expect((await (await signIn()).delete('/me/')).status).toBe(200)
    await world.daemun.work()
    setRight()
    pass(5000)

    const browser = world.browser()
    const answer = await login(world, browser, HANEUL)

    expect([answer.status, (await readJson(answer)).is_new_user]).toEqual([200, true])
  })

  test('what Kakao gave before somebody left signs nobody up, as ever', async () => {
    await openAhead()
    const early = world.browser()
    const browser = await signIn()
    const callback = await goToKakao(world, early, HANEUL)
    expect((await browser.delete('/me/')).status).toBe(200)
    await world.daemun.work()
    setRight()

    const answer = await early.get(callback)

    expect(answer.status).not.toBe(200)
  })

  test('work begun meanwhile is done, once, and events arrive in order', async () => {
    const receiver = createReceiver()
    const { environment, elsewhere } = tellTo(receiver)
    await openAhead({ environment, elsewhere })
    const leaver = await signIn(BADA)
    await signIn()
    setRight()
    expect((await leaver.delete('/me/')).status).toBe(200)

    for (let seconds = 0; seconds < 90; seconds += 10) {
      await world.daemun.work()
      pass(10_000)
    }

    const sequences = new Map<string, number[]>()
    for (const { data } of receiver.letters) {
      const known = sequences.get(data.user_id) ?? []
      sequences.set(data.user_id, [...known, data.sequence])
    }
    for (const [, told] of sequences) expect(told).toEqual(told.map((_, index) => index + 1))
    expect(receiver.letters.map(({ type }) => type)).toContain('user.withdrawn')
    const { db } = await openStoreAt(url)
    expect(await db.selectFrom('jobs').select('kind').execute()).toEqual([])
    expect(await db.selectFrom('event_lanes').select('url').execute()).toEqual([])
    await db.destroy()
  })

  test('keys made meanwhile sign and are known, before and after', async () => {
    await openAhead()
    const before = await loginByRelay(world)
    setRight()
    const after = await loginByRelay(world)
    const again = await readJson(await refresh(world, before.refresh_token))

    for (const token of [before.access_token, after.access_token, again.access_token]) {
      expect((await askSession(world, String(token))).status).toBe(200)
    }
    pass(2 * MINUTE)
    expect((await askSession(world, before.access_token)).status).toBe(200)
  })

  test('a login and its tokens bear the jump in the midst of them', async () => {
    await openAhead()
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    setRight()

    expect((await browser.get(callback)).status).toBe(200)
    expect((await browser.get(callback)).status).toBe(200)
  })
})
