import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Rate } from '../../src/config/index.ts'
import { createDeriver } from '../../src/jose/derive.ts'
import { createRateLimits } from '../../src/limits/index.ts'
import { NOON } from '../_support/clock.ts'
import { dumpTables } from '../_support/dump.ts'
import {
  createDurableUrl,
  ENGINES,
  openStoreAt,
  openTestStore,
  SQLITE,
  type TestEngine,
} from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { APP, createWorld, HANEUL } from '../_support/world.ts'
import { from, startOften } from './_support/addresses.ts'

const HERE = '203.0.113.7'
const LIMITS = { RATE_LIMIT_LOGIN: '1/1m', RATE_LIMIT_TOKEN: '1/1m', TRUST_PROXY: '1' }

async function openWorld(engine: TestEngine, environment: Record<string, string> = LIMITS) {
  const DATABASE_URL = await createDurableUrl(engine)
  const world = await createWorld({ environment: { ...environment, DATABASE_URL } })
  const { db } = await openStoreAt(DATABASE_URL)
  onTestFinished(async () => {
    await db.destroy()
    await world.close()
  })
  return { world, dump: () => dumpTables(db) }
}

describe.each(ENGINES)('a flood from one address on $name', (engine) => {
  test('writes nothing, and asks Kakao nothing', async () => {
    const { world, dump } = await openWorld(engine)
    const forms = ['/oauth/token/', '/oauth/revoke/']
    const paths = [
      '/oauth/kakao/login/',
      '/oauth/kakao/login/callback/',
      '/oauth/kakao/login/native/',
    ]
    const form = async (path: string) =>
      await world.browser().post(path, new URLSearchParams({ token: 't' }), from(HERE))
    const json = async (path: string) =>
      await world
        .browser()
        .post(path, '{"code":"c"}', { ...from(HERE), 'content-type': 'application/json' })
    await startOften(world, HERE, 1)
    await form('/oauth/revoke/')
    await world.daemun.work()
    const before = await dump()

    for (let time = 0; time < 20; time += 1) {
      for (const path of forms) expect((await form(path)).status).toBe(429)
      for (const path of paths) expect((await json(path)).status).toBe(429)
      const back = await world
        .browser()
        .get(`${APP}/oauth/kakao/login/callback/?code=c&state=s`, from(HERE))
      expect(back.status).toBe(429)
    }
    await world.daemun.work()

    expect(await dump()).toEqual(before)
    expect(world.takeCallsToKakao()).toEqual([])
  })
})

describe.each(ENGINES)('a flood of logins of one user on $name', (engine) => {
  test('leaves nothing in the audit log for each that is refused', async () => {
    const { world, dump } = await openWorld(engine, { RATE_LIMIT_USER: '1/1m' })
    for (let time = 0; time < 2; time += 1) await login(world, world.browser(), HANEUL)
    const { audit_log: before } = await dump()

    for (let time = 0; time < 3; time += 1) {
      expect((await login(world, world.browser(), HANEUL)).status).toBe(429)
    }

    expect((await dump()).audit_log).toEqual(before)
  })
})

async function openLimits(rate: Rate) {
  const store = await openTestStore(SQLITE)
  onTestFinished(() => store.db.destroy())
  const told = { onError: vi.fn(), onRecovery: vi.fn(), onRefused() {}, onFlood() {} }
  const limits = createRateLimits({
    ...store,
    ...told,
    config: { login: rate, token: rate, user: undefined },
    deriver: createDeriver(['a secret for tests'], 'test'),
    now: () => NOON,
    randomBytes,
  })
  return { db: store.db, limits, ...told }
}

test('a flood from ever more addresses costs no more memory: who came first is forgotten', async () => {
  const { limits } = await openLimits({ count: 1, windowMs: 60_000 })
  const come = (number: number) => limits.countAddress('login', `10.${toBytes(number)}`)
  for (let number = 1; number <= 20_000; number += 1) come(number)
  expect(() => come(20_000)).toThrow('rate_limited')
  expect(() => come(1)).toThrow('rate_limited')

  come(20_001)

  expect(() => come(1)).toThrow('rate_limited')
  expect(() => come(2)).not.toThrow()
})

test('a flood that meets one limit keeps nobody from learning of another one', async () => {
  const { db, limits } = await openLimits({ count: 1, windowMs: 60_000 })
  for (let number = 0; number < 1500; number += 1) {
    limits.countAddress('login', `10.${toBytes(number)}`)
  }
  limits.countAddress('token', HERE)

  await limits.share()

  const keys = await db.selectFrom('rate_counts').select('key').execute()
  expect(keys.filter(({ key }) => key.startsWith('token:'))).toHaveLength(1)
})

function toBytes(number: number): string {
  return [number >> 16, (number >> 8) & 255, number & 255].join('.')
}

describe('with the store away', () => {
  test('an instance goes on counting by itself, says so once, and tells the others later', async () => {
    const { db, limits, onError, onRecovery } = await openLimits({ count: 2, windowMs: 60_000 })
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    await sql`alter table rate_counts rename to away`.execute(db)
    limits.start()
    limits.countAddress('login', HERE)
    await vi.advanceTimersByTimeAsync(5000)

    limits.countAddress('login', HERE)
    expect(() => limits.countAddress('login', HERE)).toThrow('rate_limited')
    expect(onError).toHaveBeenCalledOnce()

    await sql`alter table away rename to rate_counts`.execute(db)
    await vi.advanceTimersByTimeAsync(1000)
    await limits.stop()
    expect(onRecovery).toHaveBeenCalledOnce()
    expect(await db.selectFrom('rate_counts').select('count').execute()).toEqual([{ count: 2 }])
  })
})
