/** Two instances on PostgreSQL against one: checks, logins, and the share of the store in both. */
import { type Cluster, startCluster } from './_support/cluster.ts'
import { moveTo } from './_support/cpus.ts'
import { toCookie } from './_support/fill-store.ts'
import { runLoad } from './_support/load.ts'
import { measureLogins } from './_support/login-rounds.ts'
import { expectStatus, toCheck } from './_support/logins.ts'
import { type Measured, measureLoad, toFigures, toMedians } from './_support/measure.ts'
import type { Benchmark, Row } from './_support/report.ts'
import { round, sum } from './_support/statistics.ts'
import { readStoreSeconds } from './_support/store-time.ts'

const STORE = { users: 20_000, sessions: 100_000 }
const CONNECTIONS = 32
/** So many are checked over and over: where sessions are kept in memory, they are there. */
const HOT_SESSIONS = 1_000
/** The others that were last seen a moment ago: far more than are kept in memory. */
const COLD_SESSIONS = STORE.sessions / 2 - HOT_SESSIONS

type Figures = Readonly<Record<string, number>>

interface Plan {
  readonly what: string
  measure(ports: readonly number[]): Promise<Measured>
}

export const run: Benchmark = async ({ pick }) => {
  await moveTo('0,1')
  const cluster = await startCluster({ store: STORE })
  const ports = cluster.instances.map(({ port }) => port)
  const plans = listPlans(cluster, { seconds: pick(5, 1), logins: pick(2_000, 300) })

  const reports = []
  for (const plan of plans) {
    const rounds: Record<1 | 2, Figures[]> = { 1: [], 2: [] }
    // The first round of each warms it up.
    for (let turn = 0; turn < pick(6, 3); turn += 1) {
      for (const count of [1, 2] as const) {
        rounds[count].push(await measureWithStore(plan, ports.slice(0, count)))
      }
    }
    const one = toMedians('one instance', rounds[1].slice(1))
    const two = toMedians('two instances', rounds[2].slice(1))
    const scale: Row = {
      what: 'two to one',
      'per second': round(two['per second'] / one['per second']),
    }
    reports.push({
      title: `${plan.what} on PostgreSQL, two cores for everything`,
      rows: [one, two, scale],
    })
  }
  await cluster.close()
  return reports
}

function listPlans(
  { kakao, parts }: Cluster,
  { seconds, logins }: { seconds: number; logins: number },
): Plan[] {
  const hot = Array.from({ length: HOT_SESSIONS }, (_, index) => toCheck(toCookie(2 * (index + 1))))
  let turn = 0
  const check = (ports: readonly number[], nextRequest: (index: number) => string) =>
    measureLoad(parts, () =>
      runLoad({
        ports,
        connections: CONNECTIONS,
        seconds,
        work: async (connection, index) =>
          expectStatus(await connection.ask(nextRequest(index)), 200),
      }),
    )
  return [
    {
      what: 'Checks of sessions in use',
      measure: (ports) => check(ports, (index) => hot[index % HOT_SESSIONS] ?? ''),
    },
    {
      what: 'Checks of sessions in turn, none of them in memory any more',
      measure: (ports) =>
        check(ports, () => {
          turn += 1
          return toCheck(toCookie(2 * (HOT_SESSIONS + 1 + (turn % COLD_SESSIONS))))
        }),
    },
    {
      what: 'Complete logins of returning users',
      measure: (ports) =>
        measureLogins(
          { ports, kakao, connections: CONNECTIONS, logins, users: STORE.users },
          parts,
        ),
    },
  ]
}

/** Of the time that requests took, how much they waited for the store. */
async function measureWithStore(plan: Plan, ports: readonly number[]): Promise<Figures> {
  const before = await readAll(ports)
  const measured = await plan.measure(ports)
  const after = await readAll(ports)
  const waitedMs = (after - before) * 1000
  const share = waitedMs / sum(measured.result.latenciesMs)
  return { ...toFigures(measured), ...(Number.isFinite(share) && { 'store share': share }) }
}

async function readAll(ports: readonly number[]): Promise<number> {
  const seconds = await Promise.all(ports.map(readStoreSeconds))
  return seconds.reduce<number>((total, one) => total + (one ?? Number.NaN), 0)
}
