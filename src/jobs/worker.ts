import { outsideScopes } from '../tracing/index.ts'

/** Does what is due, now and then and whenever it is woken. */
export interface Worker {
  /** Begins to look by itself. */
  start(): void
  /** Looks at once, if it has begun. */
  wake(): void
  /** Does all that is due now. @returns Once it is done, or put off. */
  work(): Promise<void>
  /** Stops looking, and waits for what is under way. */
  stop(): Promise<void>
}

export interface WorkerDeps<Job> {
  /** @returns The next job; `'lost'` when another worker was faster; `undefined` when none is due. */
  readonly takeNext: () => Promise<Job | 'lost' | undefined>
  /** Does it and keeps what came of it; a failure of the job itself is no exception. */
  readonly run: (job: Job) => Promise<void>
  /** Told when the store could not be asked: the next look tries again. */
  readonly onError: (error: unknown) => void
  /** How many jobs go at once. Default: 4, since they mostly wait for others. */
  readonly mostAtOnce?: number
}

/** How often to look for what became due, or was left by an instance that died. */
const LOOK_EVERY_MS = 1000
const MOST_AT_ONCE = 4

export function createWorker<Job>(deps: WorkerDeps<Job>): Worker {
  const { takeNext, run, onError, mostAtOnce = MOST_AT_ONCE } = deps
  const underWay = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let finished = 0
  let isWoken = false
  let isStopped = false
  // Whoever wakes us is at something of their own, which what is due is no part of.
  const outside = outsideScopes()

  /** Begins what is due, as far as there are hands for it: a slow job keeps one hand, not all. */
  async function begin(): Promise<void> {
    while (!isStopped && underWay.size < mostAtOnce) {
      const job = await takeNext()
      if (job === undefined) return
      if (job !== 'lost') beginOne(job)
    }
  }

  function beginOne(job: Job): void {
    const running = run(job)
      .catch(onError)
      .finally(() => {
        underWay.delete(running)
        finished += 1
        wake()
      })
    underWay.add(running)
  }

  /** What finishes while we look may have left something that we did not see. */
  async function work(): Promise<void> {
    let seen: number
    do {
      seen = finished
      await begin()
      if (underWay.size > 0) await Promise.race(underWay)
    } while (finished > seen)
  }

  /** One look at a time; being woken meanwhile means another. */
  async function look(): Promise<void> {
    do {
      isWoken = false
      await begin().catch(onError)
    } while (isWoken)
    looking = undefined
  }

  function wake(): void {
    if (timer === undefined) return
    isWoken = true
    looking ??= outside(look)
  }

  return {
    start() {
      timer ??= setInterval(wake, LOOK_EVERY_MS).unref()
      wake()
    },
    wake,
    work: async () => await outside(work),

    async stop() {
      clearInterval(timer)
      timer = undefined
      isStopped = true
      await looking
      await Promise.all(underWay)
    },
  }
}
