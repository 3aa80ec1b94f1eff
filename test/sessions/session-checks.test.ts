import { StatementSync } from 'node:sqlite'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { type Clock, createClock } from '../_support/clock.ts'
import { ENGINES } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { HANEUL, type World } from '../_support/world.ts'
import { leadTo, untilHearing } from './_support/instances.ts'

const MINUTE = 60_000

describe.each(ENGINES)('a session check on $name', (engine) => {
  let store: SharedStore
  let ticks: Clock
  let one: World
  let browser: Browser

  beforeEach(async () => {
    ticks = createClock()
    store = await createSharedStore(engine)
    one = await open()
    browser = one.browser()
    await login(one, browser, HANEUL)
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await store.close()
  })

  async function open(SESSION_TTL = '20m'): Promise<World> {
    const tick = () => ticks.now().getTime()
    const world = await store.open({ tick, environment: { SESSION_TTL } })
    await untilHearing(world)
    return world
  }

  const check = async (visitor = browser) => (await visitor.get('/session/')).status

  /** Statements that the store was asked, below everything of ours. */
  function collectStatements(): string[] {
    const statements: string[] = []
    const { all, run } = StatementSync.prototype
    for (const [name, method] of Object.entries({ all, run })) {
      vi.spyOn(StatementSync.prototype, name as 'all').mockImplementation(function (
        this: StatementSync,
        ...values
      ) {
        statements.push(this.sourceSQL)
        return Reflect.apply(method, this, values)
      })
    }
    const { query } = pg.Client.prototype
    vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
      this: pg.Client,
      ...values: unknown[]
    ) {
      const [asked] = values as [string | pg.QueryConfig]
      statements.push(typeof asked === 'string' ? asked : asked.text)
      return Reflect.apply(query, this, values)
    })
    return statements
  }

  const ofSessions = (statements: readonly string[]) =>
    statements.filter((sql) => sql.includes('"sessions"'))

  test('asks the store once in five seconds', async () => {
    const statements = collectStatements()
    for (const _ of [1, 2, 3]) expect(await check()).toBe(200)
    expect(ofSessions(statements)).toHaveLength(1)
  })

  test('finds it over at its millisecond, however remembered', async () => {
    const brief = await open('4m')
    browser = brief.browser()
    await login(brief, browser, HANEUL)
    expect(await check()).toBe(200)
    one.clock.advance(4 * MINUTE - 1)
    expect(await check()).toBe(200)

    one.clock.advance(1)
    expect(await check()).toBe(401)
  })

  test('notes that somebody was seen once in five minutes, at all instances together', async () => {
    const there = leadTo(await open(), browser)
    expect([await check(), await check(there)]).toEqual([200, 200])
    one.clock.advance(5 * MINUTE)

    const statements = collectStatements()
    expect([await check(), await check(there), await check(), await check(there)]).toEqual([
      200, 200, 200, 200,
    ])

    expect(statements.filter((sql) => sql.startsWith('update "sessions"'))).toHaveLength(1)
    const { session } = await readJson(await there.get('/session/'))
    expect(session).toMatchObject({ last_seen_at: one.clock.now().toISOString() })
  })

  test('of a session that was used elsewhere goes by what was noted there', async () => {
    const there = leadTo(await open(), browser)
    expect([await check(), await check(there)]).toEqual([200, 200])
    one.clock.advance(15 * MINUTE)
    expect(await check()).toBe(200)
    one.clock.advance(15 * MINUTE)

    expect(await check(there)).toBe(200)
  })
})
