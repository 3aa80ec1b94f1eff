import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { ENGINES } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { BADA, HANEUL, KAKAO, SOL, type World } from '../_support/world.ts'
import { endFaults, failUnlinks, isLinked, leave, readUnlinks } from './_support/leaving.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
const PEOPLE = [HANEUL, BADA, SOL]

describe.each(ENGINES)('the unlink at Kakao, on $name', (engine) => {
  let shared: SharedStore
  let world: World

  async function open(environment: Record<string, string> = {}): Promise<void> {
    shared = await createSharedStore(engine)
    world = await shared.open({ environment })
  }

  beforeEach(() => open())
  afterEach(() => shared.close())

  async function signIn(person: { id: string }): Promise<Browser> {
    const browser = world.browser()
    await login(world, browser, person)
    await world.daemun.work()
    return browser
  }

  const alarms = () =>
    world.log.filter(({ msg }) => String(msg).startsWith('links ')).map(({ level }) => level)

  test('is tried at once, then after a second, doubling up to five minutes', async () => {
    const browser = await signIn(HANEUL)
    await failUnlinks(world, { status: 503 })
    await leave(browser)

    const expected = [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1111]
    // One that is early is made at the look before it, and moves all that follow.
    const looks = new Set(expected.flatMap((second) => [second - 1, second]))
    const attempts: number[] = []
    let elapsed = 0
    for (const second of [...looks, 20 * 60].filter((one) => one >= 0)) {
      world.clock.advance((second - elapsed) * SECOND)
      elapsed = second
      const before = (await readUnlinks(world)).length
      await world.daemun.work()
      if ((await readUnlinks(world)).length > before) attempts.push(second)
    }

    expect(attempts).toEqual(expected)
  })

  test.each([-101, -103])('%i is as good as done', async (code) => {
    const browser = await signIn(HANEUL)
    await failUnlinks(world, { code, times: 1 })
    await leave(browser)
    await world.daemun.work()
    world.clock.advance(DAY)
    await world.daemun.work()

    expect(await readUnlinks(world)).toHaveLength(1)
    expect(alarms()).toEqual([])
  })

  test.each([{ code: -401 }, { code: -3 }, { code: -10 }, { status: 500 }, { drop: true }])(
    'after %o it is tried on; the alarm is raised once, and its end is told',
    async (fault) => {
      const browser = await signIn(HANEUL)
      await failUnlinks(world, fault)
      await leave(browser)
      for (let attempt = 0; attempt < 4; attempt += 1) {
        await world.daemun.work()
        world.clock.advance(MINUTE)
      }
      expect(alarms()).toEqual(['error'])

      await endFaults(world)
      world.clock.advance(5 * MINUTE)
      await world.daemun.work()

      expect(await isLinked(world, HANEUL)).toBe(false)
      expect(alarms()).toEqual(['error', 'info'])
    },
  )

  test('another cause is another alarm', async () => {
    const browser = await signIn(HANEUL)
    await failUnlinks(world, { code: -401, times: 1 })
    await failUnlinks(world, { code: -3, times: 2 })
    await leave(browser)
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await world.daemun.work()
      world.clock.advance(MINUTE)
    }

    expect(alarms()).toEqual(['error', 'error', 'info'])
  })

  test('with Kakao away for a day, every unlink arrives, and none twice', async () => {
    const browsers = await Promise.all(PEOPLE.map(signIn))
    await failUnlinks(world, { drop: true })
    for (const browser of browsers) await leave(browser)
    for (let elapsed = 0; elapsed < DAY; elapsed += 30 * MINUTE) {
      await world.daemun.work()
      world.clock.advance(30 * MINUTE)
    }
    expect((await readUnlinks(world)).every((status) => status === 0)).toBe(true)
    await world.kakao.fetch(new Request(`${KAKAO}/_emulator/journal`, { method: 'DELETE' }))

    await endFaults(world)
    world.clock.advance(5 * MINUTE)
    const other = await shared.open({ intercept: (request) => world.kakao.fetch(request) })
    await Promise.all([world.daemun.work(), other.daemun.work()])
    world.clock.advance(DAY)
    await Promise.all([world.daemun.work(), other.daemun.work()])

    expect(await readUnlinks(world)).toEqual([200, 200, 200])
    expect(await Promise.all(PEOPLE.map((person) => isLinked(world, person)))).toEqual([
      false,
      false,
      false,
    ])
  })

  test('after thirty days it is given up, which the log tells', async () => {
    const browser = await signIn(HANEUL)
    await failUnlinks(world, { status: 503 })
    await leave(browser)
    await world.daemun.work()
    world.clock.advance(30 * DAY)
    await world.daemun.work()
    const tried = (await readUnlinks(world)).length
    world.clock.advance(DAY)
    await world.daemun.work()

    expect(await readUnlinks(world)).toHaveLength(tried)
    expect(world.log.filter(({ msg }) => msg === 'a job was given up')).toEqual([
      expect.objectContaining({ level: 'error', job: 'unlink' }),
    ])
  })

  test('a line of the log never says whose it is', async () => {
    const browser = await signIn(HANEUL)
    await failUnlinks(world, { code: -401 })
    await leave(browser)
    await world.daemun.work()

    expect(JSON.stringify(world.log)).not.toContain(HANEUL.id)
  })

  describe('without an admin key', () => {
    const WITHOUT_ADMIN_KEY = {
      KAKAO_REST_API_KEY: 'demo-rest-api-key',
      KAKAO_CLIENT_SECRET_KEY: 'demo-client-secret',
      KAKAO_KAUTH_URL: KAKAO,
      KAKAO_KAPI_URL: KAKAO,
    }

    async function reopen(environment: Record<string, string> = {}): Promise<void> {
      await shared.close()
      await open({ ...WITHOUT_ADMIN_KEY, ...environment })
    }

    test("it is done with the person's own token", async () => {
      await reopen()
      const browser = await signIn(HANEUL)
      await leave(browser)
      await world.daemun.work()

      expect(await isLinked(world, HANEUL)).toBe(false)
      expect(await readUnlinks(world)).toEqual([200])
    })

    test('a token that ran out meanwhile is renewed, and what is new is not lost', async () => {
      await reopen()
      const browser = await signIn(HANEUL)
      await failUnlinks(world, { status: 503 })
      await leave(browser)
      await world.daemun.work()
      world.clock.advance(DAY / 2)
      world.takeCallsToKakao()
      await world.daemun.work()
      expect(world.takeCallsToKakao()).toEqual(['POST /oauth/token', 'POST /v1/user/unlink'])

      await endFaults(world)
      world.clock.advance(10 * MINUTE)
      await world.daemun.work()

      expect(world.takeCallsToKakao()).toEqual(['POST /v1/user/unlink'])
      expect(await isLinked(world, HANEUL)).toBe(false)
    })

    test('and without a token it is not lost: an admin key set later does it', async () => {
      await reopen({ KAKAO_TOKENS: 'never' })
      const browser = await signIn(HANEUL)
      await leave(browser)
      await world.daemun.work()
      expect(alarms()).toEqual(['error'])
      expect(await readUnlinks(world)).toEqual([])

      const mended = await shared.open({ intercept: (request) => world.kakao.fetch(request) })
      world.clock.advance(10 * MINUTE)
      await mended.daemun.work()

      expect(await isLinked(world, HANEUL)).toBe(false)
    })

    test('the link of a newcomer who is refused is undone with the token just given', async () => {
      await reopen({ KAKAO_REQUIRED_CONSENTS: 'account_email', KAKAO_TOKENS: 'never' })
      const refuses = { ...HANEUL, refuses: ['account_email'] }

      const answer = await login(world, world.browser(), refuses)
      await world.daemun.work()

      expect(answer.status).toBe(403)
      expect(await isLinked(world, HANEUL)).toBe(false)
    })
  })
})
