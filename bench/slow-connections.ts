/** Ordinary logins beside 10,000 connections that are held open slowly. */
import { join } from 'node:path'
import { type Cluster, startCluster } from './_support/cluster.ts'
import { moveTo } from './_support/cpus.ts'
import { type LoadResult, runLoad } from './_support/load.ts'
import { check, login } from './_support/logins.ts'
import { toKakaoId } from './_support/people.ts'
import { type Started, startNode } from './_support/processes.ts'
import type { Benchmark, Row } from './_support/report.ts'
import { quantile, round } from './_support/statistics.ts'
import { readResidentMb } from './_support/usage.ts'

const STORE = { users: 5_000, sessions: 25_000 }
const LOGINS_PER_SECOND = 40
const SCRIPT = join(import.meta.dirname, '_support/slow-process.ts')

export const run: Benchmark = async ({ pick }) => {
  await moveTo('0,1')
  const cluster = await startCluster({ store: STORE })
  // A connection that does not even send a head has a minute: some are cut off, and come again.
  const seconds = pick(100, 5)
  await runLogins(cluster, 3)
  const alone = await toRow('nothing', cluster, await runLogins(cluster, pick(30, 5)))

  const count = pick(10_000, 2_000)
  const [{ port }] = cluster.instances
  const args = [String(port), String(count)]
  const slow = await startNode([SCRIPT, ...args], { cpus: '1', ready: 'holding' })
  const result = await runLogins(cluster, seconds)
  const { open, cutOff } = await readCounts(slow)
  const beside = await toRow(`${count} slow connections`, cluster, result)
  await slow.stop()
  await runLogins(cluster, pick(10, 2))
  const after = await toRow('nothing, afterwards', cluster, await runLogins(cluster, pick(30, 5)))
  await cluster.close()
  return [
    {
      title: `${LOGINS_PER_SECOND} logins a second with a check each, on one instance`,
      rows: [alone, beside, after],
      notes: [`At the end ${open} were open; the server had cut off ${cutOff}.`],
    },
  ]
}

async function runLogins({ instances }: Cluster, seconds: number): Promise<LoadResult> {
  const [{ port }] = instances
  return await runLoad({
    ports: [port],
    connections: 32,
    perSecond: LOGINS_PER_SECOND,
    seconds,
    work: async (connection, index) => {
      await check(connection, await login(connection, toKakaoId((index % STORE.users) + 1)))
    },
  })
}

async function toRow(beside: string, { instances }: Cluster, result: LoadResult): Promise<Row> {
  return {
    beside,
    'logged in': result.done,
    failed: result.failures.length,
    'p50 ms': round(quantile(result.latenciesMs, 0.5)),
    'p99 ms': round(quantile(result.latenciesMs, 0.99)),
    'resident MB': round(await readResidentMb(instances[0].pid)),
  }
}

async function readCounts(slow: Started): Promise<{ open: number; cutOff: number }> {
  slow.tell('count')
  return JSON.parse(await slow.hear()) as { open: number; cutOff: number }
}
