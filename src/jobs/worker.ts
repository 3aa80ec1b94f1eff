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
}

/** How often to look for what became due, or was left by an instance that died. */
const LOOK_EVERY_MS = 1000
/** Jobs mostly wait for others, so several go at once. */
const MOST_AT_ONCE = 4

export function createWorker<Job>({ takeNext, run, onError }: WorkerDeps<Job>): Worker {
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let isWoken = false
  let isStopped = false

  async function drain(): Promise<void> {
    while (!isStopped) {
      const job = await takeNext()
      if (job === undefined) return
      if (job !== 'lost') await run(job)
    }
  }

  async function work(): Promise<void> {
    await Promise.all(Array.from({ length: MOST_AT_ONCE }, drain))
  }

  /** One look at a time; being woken meanwhile means another. */
  async function look(): Promise<void> {
    do {
      isWoken = false
      await work().catch(onError)
    } while (isWoken)
    looking = undefined
  }

  function wake(): void {
    if (timer === undefined) return
    isWoken = true
    looking ??= look()
  }

  return {
    start() {
      timer ??= setInterval(wake, LOOK_EVERY_MS).unref()
      wake()
    },
    wake,
    work,

    async stop() {
      clearInterval(timer)
      timer = undefined
      isStopped = true
      await looking
    },
  }
}
