/** From PostgreSQL's return to the first good answer of each instance, under a small load. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, startCluster } from './_support/cluster.ts'
import { moveTo } from './_support/cpus.ts'
import { toCookie } from './_support/fill-store.ts'
import { HttpConnection } from './_support/http-connection.ts'
import { beginLogin, finishLogin, toCheck } from './_support/logins.ts'
import { toKakaoId } from './_support/people.ts'
import type { Benchmark, Row } from './_support/report.ts'
import type { BenchServer } from './_support/server.ts'
import { quantile, round } from './_support/statistics.ts'

const STORE = { users: 5_000, sessions: 25_000 }
const ASK_EVERY_MS = 10
/** How long PostgreSQL is away. */
const AWAY_MS = 3_000
/** Who has not answered by then is reported with so much. */
const GIVE_UP_MS = 30_000

interface Return {
  /** All in ms since PostgreSQL took connections again; below zero it was faster than we. */
  readonly check: number
  readonly login: number
}

export const run: Benchmark = async ({ pick }) => {
  await moveTo('0,1')
  const cluster = await startCluster({ store: STORE })
  const returns: Return[] = []
  for (let turn = 0; turn < pick(10, 2); turn += 1) returns.push(...(await goAndReturn(cluster)))
  await cluster.close()

  const toRow = (what: keyof Return): Row => {
    const sorted = Float64Array.from(returns.map((one) => one[what])).sort()
    return {
      'first good': what,
      returns: sorted.length,
      'p50 ms': round(quantile(sorted, 0.5)),
      'longest ms': round(quantile(sorted, 1)),
    }
  }
  return [
    {
      title: `PostgreSQL stopped for ${AWAY_MS / 1000} s: from its return to the first good answer`,
      rows: [toRow('check'), toRow('login')],
    },
  ]
}

/** Visitors come all the time. @returns How each instance came back. */
async function goAndReturn({ postgres, instances }: Cluster): Promise<Return[]> {
  await postgres.stop()
  const stop = new AbortController()
  let returnedAt = Number.POSITIVE_INFINITY
  const watching = instances.map(async (instance) => {
    const isBack = () => performance.now() > returnedAt
    const check = watch(stop.signal, isBack, () => checkOnce(instance))
    const login = watch(stop.signal, isBack, () => loginOnce(instance))
    return { check: await check, login: await login }
  })
  await sleep(AWAY_MS)
  await postgres.start()
  returnedAt = performance.now()
  const giveUp = setTimeout(() => stop.abort(), GIVE_UP_MS)
  const answers = await Promise.all(watching)
  clearTimeout(giveUp)
  await sleep(1_000)
  return answers.map(({ check, login }) => ({
    check: check - returnedAt,
    login: login - returnedAt,
  }))
}

/** Tries over and over. @returns When the first try went well that was begun after the return. */
async function watch(
  signal: AbortSignal,
  isBack: () => boolean,
  attempt: () => Promise<boolean>,
): Promise<number> {
  while (!signal.aborted) {
    const countsAsBack = isBack()
    if ((await attempt().catch(() => false)) && countsAsBack) break
    await sleep(ASK_EVERY_MS)
  }
  return performance.now()
}

/** Each time another session, which no memory holds. */
let sessions = 0

async function checkOnce(instance: BenchServer): Promise<boolean> {
  sessions += 1
  const cookie = toCookie((sessions % STORE.sessions) + 1)
  return await withConnection(instance, async (connection) => {
    const { status } = await connection.ask(toCheck(cookie))
    return status === 200
  })
}

async function loginOnce(instance: BenchServer): Promise<boolean> {
  sessions += 1
  const kakaoId = toKakaoId((sessions % STORE.users) + 1)
  return await withConnection(instance, async (connection) => {
    await finishLogin(connection, await beginLogin(connection), kakaoId)
    return true
  })
}

async function withConnection<T>(
  instance: BenchServer,
  work: (connection: HttpConnection) => Promise<T>,
): Promise<T> {
  const connection = await HttpConnection.open(instance)
  try {
    return await work(connection)
  } finally {
    connection.close()
  }
}
