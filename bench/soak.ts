/** Thirty minutes of two instances at half of what they can do: their memory must stay flat. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, startCluster } from './_support/cluster.ts'
import { moveTo } from './_support/cpus.ts'
import { readHeapMb } from './_support/heap.ts'
import { type HttpConnection, toPost } from './_support/http-connection.ts'
import { type LoadResult, runLoad } from './_support/load.ts'
import { check, expectStatus, login } from './_support/logins.ts'
import { type Measured, measureAnyLoad } from './_support/measure.ts'
import { toKakaoId } from './_support/people.ts'
import { type Benchmark, print, type Row } from './_support/report.ts'
import type { BenchServer } from './_support/server.ts'
import { median, quantile, round } from './_support/statistics.ts'
import { readResidentMb } from './_support/usage.ts'

const STORE = { users: 20_000, sessions: 100_000 }
const CONNECTIONS = 32
const CHECKS_PER_LOGIN = 10
const INSPECTORS = [9_331, 9_332] as const
const SAMPLE_EVERY_MS = 10_000
const MB = ' MB'

interface Sample {
  /** Since the load began. */
  readonly minute: number
  readonly residentMb: readonly number[]
}

export const run: Benchmark = async ({ pick }) => {
  await moveTo('0,1')
  const minutes = pick(30, 1.2)
  const cluster = await startCluster({
    store: STORE,
    nodeOptions: (instance) => [
      `--inspect=127.0.0.1:${INSPECTORS[instance]}`,
      '--inspect-publish-uid=http',
    ],
  })
  await visit(cluster, { seconds: 5 })
  const most = await visit(cluster, { seconds: pick(20, 5) })
  const half = most.perSecond / 2
  print(`at most ${round(most.perSecond)} visits a second; half of that for ${minutes} minutes\n`)

  const stop = new AbortController()
  const watching = watch(cluster.instances, minutes, stop.signal)
  const measured = await measureAnyLoad(cluster.parts, () =>
    visit(cluster, { seconds: minutes * 60, perSecond: half }),
  )
  stop.abort()
  const { samples, heaps } = await watching
  await cluster.close()

  return [
    {
      title: `Memory over ${minutes} minutes at half load`,
      rows: cluster.instances.map((_, at) => toRow(at, { minutes, samples, heaps })),
      notes: [
        'Resident: medians of the second sixth of the time, and of the last sixth.',
        'Heap: after a full collection, at a twelfth of the time and at its end.',
        ...describe(measured),
      ],
    },
  ]
}

/** A visit: a login, checks of its session, and for every other one a log-out. */
async function visit(
  { instances }: Cluster,
  pace: { seconds: number; perSecond?: number },
): Promise<LoadResult> {
  return await runLoad({
    ports: instances.map(({ port }) => port),
    connections: CONNECTIONS,
    ...pace,
    work: async (connection, index) => {
      const person = Math.floor(Math.random() * STORE.users) + 1
      const cookie = await login(connection, toKakaoId(person))
      for (let turn = 0; turn < CHECKS_PER_LOGIN; turn += 1) await check(connection, cookie)
      if (index % 2 === 0) await logOut(connection, cookie)
    },
  })
}

async function logOut(connection: HttpConnection, cookie: string): Promise<void> {
  const headers = { cookie, origin: 'http://localhost:8000' }
  expectStatus(await connection.ask(toPost('/logout/', '{}', headers)), 200)
}

async function watch(
  instances: readonly BenchServer[],
  minutes: number,
  signal: AbortSignal,
): Promise<{ samples: Sample[]; heaps: number[][] }> {
  const startedAt = performance.now()
  const samples: Sample[] = []
  // A collection makes room for a while: one long before the first minutes that count, one at the end.
  const heaps: number[][] = []
  while (!signal.aborted) {
    await sleep(SAMPLE_EVERY_MS, undefined, { signal }).catch(() => {})
    const minute = (performance.now() - startedAt) / 60_000
    const residentMb = await Promise.all(instances.map(({ pid }) => readResidentMb(pid)))
    samples.push({ minute, residentMb })
    print(`${JSON.stringify({ minute: round(minute), residentMb: residentMb.map(Math.round) })}\n`)
    if (heaps.length === 0 && minute > minutes / 12) heaps.push(await readHeaps())
  }
  heaps.push(await readHeaps())
  return { samples, heaps }
}

function toRow(
  at: number,
  { minutes, samples, heaps }: { minutes: number; samples: Sample[]; heaps: number[][] },
): Row {
  const middle = (from: number, to: number) =>
    median(
      samples
        .filter(({ minute }) => minute >= from * minutes && minute < to * minutes)
        .map(({ residentMb }) => residentMb[at] ?? Number.NaN),
    )
  const [early, late] = [middle(1 / 6, 1 / 3), middle(5 / 6, 2)]
  return {
    instance: at + 1,
    [`early${MB}`]: round(early),
    [`late${MB}`]: round(late),
    'late to early': round(late / early),
    [`most${MB}`]: round(Math.max(...samples.map(({ residentMb }) => residentMb[at] ?? 0))),
    [`early heap${MB}`]: round(heaps[0]?.[at] ?? Number.NaN),
    [`late heap${MB}`]: round(heaps.at(-1)?.[at] ?? Number.NaN),
  }
}

async function readHeaps(): Promise<number[]> {
  return await Promise.all(INSPECTORS.map(readHeapMb))
}

function describe({ result, cpu }: Measured): string[] {
  const { done, seconds, perSecond, failures, latenciesMs } = result
  const cores = Object.entries(cpu).map(([part, used]) => `${part} ${round(used / seconds)}`)
  const [p50, p99] = [quantile(latenciesMs, 0.5), quantile(latenciesMs, 0.99)]
  return [
    `${done} visits, ${round(perSecond)} a second, each a login, ${CHECKS_PER_LOGIN} checks and half a log-out; p50 ${round(p50)} ms, p99 ${round(p99)} ms.`,
    `Cores in use: ${cores.join(', ')}.`,
    `${failures.length} failed.${failures.length > 0 ? ` The first: ${failures[0]}` : ''}`,
  ]
}
