/** Session checks on SQLite against a bare `node:http` server, on one core. */
import { toCookie } from './_support/fill-store.ts'
import { toGet } from './_support/http-connection.ts'
import { runLoad } from './_support/load.ts'
import { expectStatus } from './_support/logins.ts'
import { measureLoad, toFigures, toMedians } from './_support/measure.ts'
import { startOneCore, toParts } from './_support/one-core.ts'
import type { Benchmark } from './_support/report.ts'
import type { BenchServer } from './_support/server.ts'
import { round } from './_support/statistics.ts'

const CONNECTIONS = 16
/** So many are checked over and over: where sessions are kept in memory, they are there. */
const HOT_SESSIONS = 1_000

export const run: Benchmark = async ({ pick }) => {
  const { bare, daemun, close } = await startOneCore()
  const plans = [
    { what: 'bare node:http', server: bare, path: '/session/', rounds: [] },
    { what: 'GET /auth/verify/', server: daemun, path: '/auth/verify/', rounds: [] },
    { what: 'GET /session/', server: daemun, path: '/session/', rounds: [] },
  ] satisfies Plan[] as Plan[]

  for (const plan of plans) await measureChecks(plan, 1)
  for (let turn = 0; turn < pick(5, 2); turn += 1) {
    for (const plan of plans) plan.rounds.push(await measureChecks(plan, pick(4, 1)))
  }
  await close()

  const rows = plans.map(({ what, rounds }) => toMedians(what, rounds))
  const [ceiling] = rows
  return [
    {
      title: 'Session checks on SQLite, one core',
      rows: rows.map((row) => ({
        ...row,
        'of bare': round(row['per second'] / (ceiling?.['per second'] ?? 0)),
      })),
    },
  ]
}

type Figures = Readonly<Record<string, number>>

interface Plan {
  readonly what: string
  readonly server: BenchServer
  readonly path: string
  readonly rounds: Figures[]
}

async function measureChecks({ server, path }: Plan, seconds: number): Promise<Figures> {
  const requests = Array.from({ length: HOT_SESSIONS }, (_, index) =>
    toGet(path, { cookie: toCookie(2 * (index + 1)) }),
  )
  const measured = await measureLoad(toParts(server), () =>
    runLoad({
      ports: [server.port],
      connections: CONNECTIONS,
      seconds,
      work: async (connection, index) =>
        expectStatus(await connection.ask(requests[index % HOT_SESSIONS] ?? ''), 200),
    }),
  )
  return toFigures(measured)
}
