import { afterEach, beforeEach, expect, test } from 'vitest'
import { addFigures } from '../_support/figures.ts'
import { type OwnPostgres, startOwnPostgres } from '../_support/own-postgres.ts'
import type { Failure } from './_support/asking.ts'
import { checkLedger } from './_support/check-ledger.ts'
import { expectNothingYet, expectRefused, expectToHappen } from './_support/expect-write.ts'
import { findRemains } from './_support/find-remains.ts'
import { type Layout, startLayout } from './_support/layout.ts'
import { startLoad, VISITORS } from './_support/load.ts'
import { findNginx } from './_support/nginx.ts'
import { prepareWrites, WRITERS, WRITES_ENVIRONMENT } from './_support/writes.ts'

/** How PostgreSQL goes away, each time. */
const ENDS = ['stop', 'crash', 'stop', 'crash'] as const
const SEED = 5432
const PATIENT = { timeout: 30_000, interval: 50 }
/** Kakao ids of those who are at something of each kind, each time. */
const WRITER_IDS = ENDS.map((_, end) =>
  Array.from({ length: WRITERS }, (_, index) => String(4_000_000_000 + end * WRITERS + index)),
)

let postgres: OwnPostgres
let layout: Layout

beforeEach(async () => {
  postgres = await startOwnPostgres()
  layout = await startLayout({
    databaseUrl: postgres.url,
    nginx: findNginx(),
    environment: WRITES_ENVIRONMENT,
    people: WRITER_IDS.flat(),
  })
})
afterEach(async () => {
  await layout.close()
  await postgres.close()
})

test('PostgreSQL stops under load: 503 until it is back, and nothing acknowledged is lost', async () => {
  const load = startLoad(layout, { seed: SEED, isExcusable: saysThatTheStoreIsAway })
  const { ledger, trouble } = load
  for (const [index, end] of ENDS.entries()) {
    const writes = await prepareWrites(layout, WRITER_IDS[index] ?? [])
    await load.goesOn(30)
    trouble.begin()
    await postgres[end]()
    const { unanswered } = ledger
    await eachInstanceSaysSo()
    await Promise.all(writes.map(expectRefused))
    await expect.poll(() => ledger.unanswered, PATIENT).toBeGreaterThan(unanswered + VISITORS)
    await postgres.start()
    await eachInstanceIsBack()
    trouble.end()
    await Promise.all(writes.map(expectNothingYet))
    await Promise.all(writes.map(expectToHappen))
  }
  await load.goesOn(30)
  await load.stop()

  const { checked, lost } = await checkLedger(ledger)
  addFigures('PostgreSQL stopped and started again under load', {
    stops: ENDS.length,
    requests: ledger.requests,
    acknowledged: ledger.acknowledged,
    'answered 503': ledger.unanswered,
    'kinds of writes refused': WRITERS,
    'signed in': ledger.live.size,
    'signed out': ledger.ended.size,
    withdrawn: ledger.departed.size,
    'checked afterwards': checked,
    lost: lost.length,
  })
  expect(ledger.wrong).toEqual([])
  expect(lost).toEqual([])
  expect(await findRemains(layout, { databaseUrl: postgres.url, ledger })).toEqual([])
}, 300_000)

/** Nobody looks signed out, and no supervisor sees a reason to restart anything. */
async function eachInstanceSaysSo(): Promise<void> {
  for (const { ask } of layout.instances) {
    const cookie = { headers: { cookie: `__Host-daemun_session=${'x'.repeat(43)}` } }
    const statuses = async (path: string, init?: RequestInit) => (await ask(path, init)).status
    expect(await statuses('/healthz')).toBe(200)
    expect(await statuses('/readyz')).toBe(503)
    expect(await statuses('/session/', cookie)).toBe(503)
    expect(await statuses('/session/')).toBe(401)
  }
}

/** Without a hand: the processes are the same. */
async function eachInstanceIsBack(): Promise<void> {
  for (const { ask } of layout.instances) {
    await expect.poll(async () => (await ask('/readyz')).status, PATIENT).toBe(200)
  }
}

function saysThatTheStoreIsAway({ status, code, retryAfter }: Failure): boolean {
  return status === 503 && code === 'store_unavailable' && Number(retryAfter) >= 1
}
