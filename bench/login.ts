/** Complete logins of returning users on SQLite against a bare `node:http` server, on one core. */
import { measureLogins } from './_support/login-rounds.ts'
import { toFigures, toMedians } from './_support/measure.ts'
import { SMALL_STORE, startOneCore, toParts } from './_support/one-core.ts'
import type { Benchmark } from './_support/report.ts'
import { round } from './_support/statistics.ts'

const CONNECTIONS = 32

export const run: Benchmark = async ({ pick }) => {
  const { bare, daemun, kakao, close } = await startOneCore()
  const plans = [
    { what: 'bare node:http', server: bare },
    { what: 'complete login', server: daemun },
  ].map((plan) => ({ ...plan, rounds: [] as Readonly<Record<string, number>>[] }))

  // The first round of each is not counted.
  for (let turn = 0; turn < pick(6, 3); turn += 1) {
    for (const { server, rounds } of plans) {
      const logins = { kakao, connections: CONNECTIONS, logins: pick(2_000, 300) }
      const round = { ...logins, ports: [server.port], users: SMALL_STORE.users }
      rounds.push(toFigures(await measureLogins(round, toParts(server))))
    }
  }
  await close()

  const rows = plans.map(({ what, rounds }) => toMedians(what, rounds.slice(1)))
  const [ceiling] = rows
  return [
    {
      title: 'Complete logins of returning users on SQLite, one core',
      rows: rows.map((row) => ({
        ...row,
        'of bare': round(row['per second'] / (ceiling?.['per second'] ?? 0)),
      })),
      notes: ['Kakao signs ahead, between setting out and coming back; that is not counted.'],
    },
  ]
}
