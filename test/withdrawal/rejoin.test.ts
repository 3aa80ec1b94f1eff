import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { BADA, HANEUL, type World } from '../_support/world.ts'
import { isLinked, leave } from './_support/leaving.ts'

const REJOIN_AT = '2026-01-31T12:00:00.000Z'
const THIRTY_DAYS = 30 * 86_400_000

describe.each(ENGINES)('coming back too early, on $name', (engine) => {
  let shared: SharedStore
  let world: World

  beforeEach(async () => {
    shared = await createSharedStore(engine)
    world = await shared.open({ environment: { REJOIN_AFTER: '30d' } })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    expect(await readJson(await leave(browser))).toMatchObject({ rejoin_at: REJOIN_AT })
    await world.daemun.work()
  })
  afterEach(() => shared.close())

  test('is refused with the date; the link that Kakao made is undone, and nothing stored', async () => {
    const browser = world.browser()
    const answer = await login(world, browser, HANEUL)

    expect(answer.status).toBe(403)
    expect(await readJson(answer)).toMatchObject({ code: 'rejoin_too_early', rejoin_at: REJOIN_AT })
    expect((await browser.get('/session/')).status).toBe(401)
    await world.daemun.work()
    expect(await isLinked(world, HANEUL)).toBe(false)
    const { db } = await openStoreAt(shared.url)
    expect(await db.selectFrom('users').selectAll().execute()).toEqual([])
    await db.destroy()
  })

  test('a browser is told the day', async () => {
    const browser = world.browser()
    const start = await browser.get('/oauth/kakao/login/')
    const back = await world.kakao.authorize(start.headers.get('location') ?? '', HANEUL)
    const answer = await browser.get(back, { accept: 'text/html', 'accept-language': 'ko' })

    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('2026년 1월 31일')
  })

  test('others come in as ever', async () => {
    expect((await login(world, world.browser(), BADA)).status).toBe(200)
  })

  test('at the date they may, and nothing of them is left in the store', async () => {
    world.clock.advance(THIRTY_DAYS - 1)
    expect((await login(world, world.browser(), HANEUL)).status).toBe(403)
    await world.daemun.work()
    world.clock.advance(1)
    await world.daemun.work()

    const { db } = await openStoreAt(shared.url)
    expect(await db.selectFrom('rejoin_bars').selectAll().execute()).toEqual([])
    await db.destroy()
    const answer = await login(world, world.browser(), HANEUL)
    expect(await readJson(answer)).toMatchObject({ is_new_user: true })
  })

  test('of two dates the later one holds, though a clock was set back in between', async () => {
    world.clock.advance(THIRTY_DAYS)
    const sooner = await shared.open({ environment: { REJOIN_AFTER: '1h' } })
    const browser = sooner.browser()
    expect((await login(sooner, browser, HANEUL)).status).toBe(200)
    world.clock.advance(-THIRTY_DAYS / 2)
    expect((await leave(browser)).status).toBe(200)
    await sooner.daemun.work()
    world.clock.advance(3_600_000)

    const answer = await login(sooner, sooner.browser(), HANEUL)

    expect(answer.status).toBe(403)
    expect(await readJson(answer)).toMatchObject({ rejoin_at: REJOIN_AT })
  })

  test('a new SECRET_KEY, the old one listed, knows them; so does a server without REJOIN_AFTER', async () => {
    const other = await shared.open({
      environment: { SECRET_KEY: 'a new one, a secret for tests' },
    })

    expect((await login(other, other.browser(), HANEUL)).status).toBe(403)
  })

  test('the id is nowhere in the store', async () => {
    const { db } = await openStoreAt(shared.url)
    const bars = await db.selectFrom('rejoin_bars').selectAll().execute()
    await db.destroy()

    expect(bars).toEqual([
      { kakao_id_hash: expect.stringMatching(/^[\w-]{43}$/), expires_at: Date.parse(REJOIN_AT) },
    ])
  })
})
