import type { Db } from '../db/index.ts'
import { readDeadLetterBacklog, readDeliveryBacklog } from '../deliveries/index.ts'
import { readBacklog } from '../jobs/index.ts'
import type { Metrics, QueueSample } from './metrics.ts'
import { loadProcessMetrics } from './process-metrics.ts'

export interface QueueSamplerDeps {
  readonly db: Db
  readonly now: () => Date
  readonly metrics: Metrics
  /** The kinds of jobs that this version knows. */
  readonly jobKinds: readonly string[]
  /** Told when the store could not be asked: the queues count as unknown until it can. */
  readonly onError: (error: unknown) => void
}

/** Looks now and then how the queues are, so that no scrape has to ask the store. */
export interface QueueSampler {
  start(): void
  /** Looks at once. */
  sample(): Promise<void>
  stop(): Promise<void>
}

const EVERY_MS = 10_000
/** What is more is told as so many: to count a great heap would be one more load upon it. */
const MOST_COUNTED = 10_000
const DELIVERIES = 'deliveries'
const DEAD_LETTERS = 'dead_letters'

export function createQueueSampler(deps: QueueSamplerDeps): QueueSampler {
  const { now, metrics, jobKinds, onError } = deps
  const queues = [...jobKinds, DELIVERIES, DEAD_LETTERS]
  let timer: NodeJS.Timeout | undefined
  let sampling: Promise<void> | undefined

  async function sample(): Promise<void> {
    try {
      const at = now()
      metrics.setQueues(queues, await readQueues(deps, at), at)
    } catch (error) {
      metrics.forgetQueues()
      onError(error)
    }
  }

  function tick(): void {
    sampling ??= Promise.all([sample(), loadProcessMetrics().catch(onError)]).then(() => {
      sampling = undefined
    })
  }

  return {
    start() {
      timer ??= setInterval(tick, EVERY_MS).unref()
    },
    sample,
    async stop() {
      clearInterval(timer)
      timer = undefined
      await sampling
    },
  }
}

async function readQueues({ db }: QueueSamplerDeps, now: Date): Promise<QueueSample[]> {
  const jobs = await readBacklog(db, { now, most: MOST_COUNTED })
  return [
    ...jobs.map(({ kind, ...backlog }) => ({ queue: kind, ...backlog })),
    { queue: DELIVERIES, ...(await readDeliveryBacklog(db, MOST_COUNTED)) },
    { queue: DEAD_LETTERS, ...(await readDeadLetterBacklog(db, MOST_COUNTED)) },
  ]
}
