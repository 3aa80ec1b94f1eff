import { setTimeout as sleep } from 'node:timers/promises'
import { HttpConnection } from './http-connection.ts'

export interface LoadPlan {
  /** Whom to ask: connections are spread over them. */
  readonly ports: readonly number[]
  readonly connections: number
  /** When to stop: after so many pieces of work, so many seconds, or when told so. */
  readonly count?: number
  readonly seconds?: number
  readonly signal?: AbortSignal
  /** How many to begin a second. Default: each connection begins the next at once. */
  readonly perSecond?: number
  /** One piece of work. What it throws is counted. */
  readonly work: (connection: HttpConnection, index: number) => Promise<void>
}

/** What came of a load. */
export interface LoadResult {
  readonly done: number
  readonly seconds: number
  readonly perSecond: number
  /** From when it was due to its end: who waits for a connection waits too. Ascending. */
  readonly latenciesMs: Float64Array
  readonly failures: readonly string[]
}

/** Sends a load, and waits for its end. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const { ports, count = Number.POSITIVE_INFINITY, seconds = Number.POSITIVE_INFINITY } = plan
  const connections = await openAll(ports, plan.connections)
  const latencies: number[] = []
  const failures: string[] = []
  const startedAt = performance.now()
  const endAt = startedAt + seconds * 1000
  let next = 0

  async function work(connection: HttpConnection): Promise<void> {
    while (next < count && performance.now() < endAt && !plan.signal?.aborted) {
      const index = next
      next += 1
      const dueAt = await untilDue(plan, startedAt, index)
      try {
        await plan.work(connection, index)
        latencies.push(performance.now() - dueAt)
      } catch (error) {
        failures.push(String(error))
        // A server that is away is not asked again in the same instant.
        await sleep(10)
      }
    }
  }
  await Promise.all(connections.map(work))

  const took = (performance.now() - startedAt) / 1000
  for (const connection of connections) connection.close()
  const latenciesMs = Float64Array.from(latencies).sort()
  const done = latencies.length
  return { done, seconds: took, perSecond: done / took, latenciesMs, failures }
}

async function openAll(ports: readonly number[], count: number): Promise<HttpConnection[]> {
  const spread = Array.from({ length: count }, (_, index) => ports[index % ports.length] ?? 0)
  return await Promise.all(spread.map((port) => HttpConnection.open({ port })))
}

async function untilDue(
  { perSecond }: LoadPlan,
  startedAt: number,
  index: number,
): Promise<number> {
  if (perSecond === undefined) return performance.now()
  const dueAt = startedAt + (index / perSecond) * 1000
  const waitMs = dueAt - performance.now()
  if (waitMs > 0) await sleep(waitMs)
  return Math.max(dueAt, startedAt)
}
