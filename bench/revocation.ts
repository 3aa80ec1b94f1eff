/** From the acknowledgement of a log-out to the last request that the other instance still admits. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, startCluster } from './_support/cluster.ts'
import { moveTo } from './_support/cpus.ts'
import { toCookie } from './_support/fill-store.ts'
import { HttpConnection, toPost } from './_support/http-connection.ts'
import { runLoad } from './_support/load.ts'
import { expectStatus, login, toCheck } from './_support/logins.ts'
import { expectNoFailure } from './_support/measure.ts'
import { toKakaoId } from './_support/people.ts'
import type { Benchmark, Report } from './_support/report.ts'
import { quantile, round } from './_support/statistics.ts'

const STORE = { users: 5_000, sessions: 25_000 }
/** How many ask the other instance at once for the session that is about to end. */
const ASKERS = 2
/** So long it has been in use there, and is in memory. */
const IN_USE_MS = 30
/** Who is still admitted after so long is reported as such. */
const GIVE_UP_MS = 2_000
const LOGOUT_PATH = '/logout/'

export const run: Benchmark = async ({ pick }) => {
  await moveTo('0,1')
  const cluster = await startCluster({ store: STORE })
  const rounds = pick(300, 20)
  const quiet = await revoke(cluster, rounds)
  const stop = new AbortController()
  const beside = loginBeside(cluster, stop.signal)
  const busy = await revoke(cluster, rounds)
  stop.abort()
  const logins = await beside
  await cluster.close()
  return [toReport(quiet, busy, logins)]
}

/** @returns Milliseconds of each round, ascending. */
async function revoke({ instances }: Cluster, rounds: number): Promise<Float64Array> {
  const [one, other] = instances
  const connection = await HttpConnection.open(one)
  const askers = await Promise.all(Array.from({ length: ASKERS }, () => HttpConnection.open(other)))
  const lags: number[] = []
  for (let turn = 0; turn < rounds; turn += 1) {
    const cookie = await login(connection, toKakaoId(turn + 1))
    lags.push(await measureLag(connection, askers, cookie))
  }
  for (const used of [connection, ...askers]) used.close()
  return Float64Array.from(lags).sort()
}

/** A request counts as admitted until its answer is here, so that what is told is never too little. */
async function measureLag(
  connection: HttpConnection,
  askers: readonly HttpConnection[],
  cookie: string,
): Promise<number> {
  let admittedAt = 0
  let isOver = false
  const ask = async (asker: HttpConnection) => {
    while (!isOver) {
      const answer = await asker.ask(toCheck(cookie))
      if (answer.status === 401) return
      expectStatus(answer, 200)
      admittedAt = performance.now()
    }
  }
  const asking = askers.map(ask)
  await sleep(IN_USE_MS)
  const origin = 'http://localhost:8000'
  const answer = await connection.ask(toPost(LOGOUT_PATH, '{}', { cookie, origin }))
  const acknowledgedAt = performance.now()
  expectStatus(answer, 200)
  const giveUp = setTimeout(() => {
    isOver = true
  }, GIVE_UP_MS)
  await Promise.all(asking)
  clearTimeout(giveUp)
  return Math.max(0, admittedAt - acknowledgedAt)
}

/** Both instances are kept at work meanwhile. @returns Logins a second. */
async function loginBeside({ instances }: Cluster, signal: AbortSignal): Promise<number> {
  const result = await runLoad({
    ports: instances.map(({ port }) => port),
    connections: 16,
    perSecond: 100,
    signal,
    work: async (connection, index) => {
      const cookie = await login(connection, toKakaoId((index % STORE.users) + 1))
      for (let turn = 0; turn < 5; turn += 1) await connection.ask(toCheck(cookie))
      await connection.ask(toCheck(toCookie(2 * (index % 10_000) + 2)))
    },
  })
  expectNoFailure(result)
  return result.perSecond
}

function toReport(quiet: Float64Array, busy: Float64Array, perSecond: number): Report {
  const toRow = (beside: string, lags: Float64Array) => ({
    beside,
    rounds: lags.length,
    'p50 ms': round(quantile(lags, 0.5)),
    'p99 ms': round(quantile(lags, 0.99)),
    'longest ms': round(quantile(lags, 1)),
    'over 100 ms': lags.filter((lag) => lag > 100).length,
  })
  return {
    title: 'Revocation on PostgreSQL, seen by the other instance',
    rows: [
      toRow('nothing else', quiet),
      toRow(`${round(perSecond)} logins/s with 6 checks each`, busy),
    ],
  }
}
