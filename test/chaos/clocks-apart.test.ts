import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Browser } from '../_support/browser.ts'
import { createClock } from '../_support/clock.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { addFigures } from '../_support/figures.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createReceiver, type TestReceiver, tellTo } from '../_support/receiver.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { askSession, loginByRelay, postForm, refresh } from '../_support/ways.ts'
import { APP, BADA, HANEUL, type World } from '../_support/world.ts'
import { ACCOUNT_STATUS, sendWebhook } from '../webhooks/_support/hooked-world.ts'

const MINUTE = 60_000
const TURNS = 6

describe.each(ENGINES)('two instances a minute apart on $name', (engine) => {
  let store: SharedStore
  let receiver: TestReceiver
  /** Right, as Kakao is; and a minute ahead. */
  let right: World
  let ahead: World

  beforeEach(async () => {
    store = await createSharedStore(engine)
    receiver = createReceiver()
    const { environment, elsewhere } = tellTo(receiver)
    const options = {
      elsewhere,
      environment: { ...environment, KAKAO_ADMIN_KEY: 'demo-admin-key' },
    }
    right = await store.open({ ...options, clock: createClock() })
    ahead = await store.open({
      ...options,
      clock: createClock(new Date(right.clock.now().getTime() + MINUTE)),
      // There is one Kakao.
      intercept: async (request, send) =>
        request.url === receiver.url ? await send(request) : await right.kakao.fetch(request),
    })
  })
  afterEach(() => store.close())

  function pass(ms: number): void {
    right.clock.advance(ms)
    ahead.clock.advance(ms)
  }

  /** The same browser, at another instance. */
  const at = (world: World, { cookies }: Browser) => new Browser(world.daemun.fetch, APP, cookies)
  const statusAt = async (world: World, browser: Browser) =>
    (await at(world, browser).get('/session/')).status

  test('a login goes from one to the other, and is known and ended at both', async () => {
    for (const [first, second] of [
      [right, ahead],
      [ahead, right],
    ] as const) {
      const browser = right.browser()
      const callback = await goToKakao(right, at(first, browser), HANEUL)
      expect((await at(second, browser).get(callback)).status).toBe(200)
      expect((await at(first, browser).get(callback)).status).toBeLessThan(500)
      expect([await statusAt(right, browser), await statusAt(ahead, browser)]).toEqual([200, 200])

      const copy = new Browser(first.daemun.fetch, APP, new Map(browser.cookies))
      expect((await at(first, browser).post('/logout/')).status).toBe(200)
      const look = async () => [await statusAt(right, copy), await statusAt(ahead, copy)]
      await expect.poll(look, { timeout: 10_000 }).toEqual([401, 401])
    }
  })

  test('tokens are refreshed and checked at both in turn, and nobody is thrown out', async () => {
    let { access_token, refresh_token } = await loginByRelay(right)
    for (let turn = 0; turn < TURNS; turn += 1) {
      const world = turn % 2 === 0 ? ahead : right
      const answer = await refresh(world, refresh_token)
      expect(answer.status).toBe(200)
      const next = await readJson(answer)
      ;[access_token, refresh_token] = [String(next.access_token), String(next.refresh_token)]
      expect((await askSession(right, access_token)).status).toBe(200)
      expect((await askSession(ahead, access_token)).status).toBe(200)
      pass(2000)
    }
    addFigures(`Two clocks a minute apart, ${engine.name}`, { 'refreshes in turn': TURNS })

    expect((await postForm(right, '/oauth/revoke/', { token: refresh_token })).status).toBe(200)
    const look = async () => (await askSession(ahead, access_token)).status
    await expect.poll(look, { timeout: 10_000 }).toBe(401)
    expect((await refresh(ahead, refresh_token)).status).toBe(400)
  })

  test('what Kakao says to the one ends what was begun at the other', async () => {
    const browser = right.browser()
    const callback = await goToKakao(right, at(ahead, browser), HANEUL)
    expect((await at(ahead, browser).get(callback)).status).toBe(200)
    pass(5000)

    const wanted = { kind: 'account_status', person: HANEUL.id, send: false } as const
    const { token } = await sendWebhook(right, { ...wanted, event: 'sessions-revoked' })
    expect((await right.browser().post(ACCOUNT_STATUS, token)).status).toBe(202)

    const look = async () => [await statusAt(right, browser), await statusAt(ahead, browser)]
    await expect.poll(look, { timeout: 10_000 }).toEqual([401, 401])
  })

  test('who leaves at the one comes back at the other; each event arrives, in order', async () => {
    const leaver = right.browser()
    expect((await login(right, leaver, BADA)).status).toBe(200)
    expect((await at(right, leaver).delete('/me/')).status).toBe(200)
    await ahead.daemun.work()
    pass(5000)
    const back = await login(right, right.browser(), BADA)
    expect([back.status, (await readJson(back)).is_new_user]).toEqual([200, true])

    for (let seconds = 0; seconds < 90; seconds += 15) {
      await Promise.all([right.daemun.work(), ahead.daemun.work()])
      pass(15_000)
    }
    const told = new Map<string, number[]>()
    for (const { id, data } of new Map(receiver.letters.map((one) => [one.id, one])).values()) {
      expect(id).toMatch(/^evt_/)
      told.set(data.user_id, [...(told.get(data.user_id) ?? []), data.sequence])
    }
    expect(told.size).toBe(2)
    for (const [, sequences] of told) {
      expect(sequences).toEqual(sequences.map((_, index) => index + 1))
    }
    const { db } = await openStoreAt(store.url)
    expect(await db.selectFrom('event_lanes').select('url').execute()).toEqual([])
    expect(await db.selectFrom('jobs').select('kind').execute()).toEqual([])
    await db.destroy()
  })
})
