import type { UnitOfWork } from '../events/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import { createUnderWay } from '../under-way.ts'
import {
  hasJob,
  insertJob,
  makeDue,
  removeJobsAbout,
  type StoredJob,
  takeJob,
  takeJobEarly,
} from './job-store.ts'
import type { JobHandler, JobType } from './job-type.ts'
import { createLeases } from './leases.ts'
import { type RunJobDeps, runJob } from './run-job.ts'
import { createWorker, type Worker } from './worker.ts'

export interface JobQueueDeps extends RunJobDeps {
  readonly randomBytes: (size: number) => Uint8Array
  readonly sleep: (ms: number) => Promise<void>
  /** Told when the queue itself could not be read. */
  readonly onError: (error: unknown) => void
}

export interface JobRequest<Payload> {
  /** What the job is about, to find it by; never an id of Kakao's as it is. */
  readonly subject: string
  readonly payload: Payload
  /** Not before. Default: at once. */
  readonly dueAt?: Date
}

/** Work that must not be lost, done after the answer and whatever dies in between. */
export interface JobQueue extends Worker {
  /** The kinds of jobs that there are. */
  readonly kinds: readonly string[]
  /** Adds a job to what is committed; it starts at once, or when it is due. */
  add<Payload>(
    unit: UnitOfWork,
    type: JobType<Payload>,
    request: JobRequest<Payload>,
  ): Promise<void>
  /** Whether there still is a job of a kind about any of the subjects, be it one given up. */
  has(unit: UnitOfWork, type: JobType<unknown>, subjects: readonly string[]): Promise<boolean>
  /**
   * Does the jobs of a kind about any of the subjects now, ahead of their time, given up ones too.
   * Where somebody else is at one, it waits for them.
   *
   * @param signal Ends the waiting, and an attempt under way.
   * @returns Whether all are done.
   */
  finish(type: JobType<unknown>, subjects: readonly string[], signal: AbortSignal): Promise<boolean>
  /** Drops all jobs about a subject. */
  forget(unit: UnitOfWork, subject: string): Promise<void>
}

/** How often to see whether whoever is at a job has done it. */
const LOOK_EVERY_MS = 25

/** @param toHandlers Makes what does the jobs; it may add further ones. */
export function createJobQueue(
  deps: JobQueueDeps,
  toHandlers: (jobs: JobQueue) => readonly JobHandler[],
): JobQueue {
  const { db, sealer, now, randomBytes, sleep, onError } = deps
  const leases = createLeases(deps)
  const starts = createUnderWay()
  const worker = createWorker({
    takeNext: async () => await takeJob(db, leases.next()),
    run: async (job) => void (await runHeld(job)),
    onError,
  })

  async function runHeld(job: StoredJob, visitor?: AbortSignal): Promise<boolean> {
    const { signal, release } = leases.hold(job)
    try {
      const ends = visitor === undefined ? signal : AbortSignal.any([signal, visitor])
      return await runJob(deps, handlers, { job, signal: ends })
    } finally {
      release()
    }
  }

  const queue: JobQueue = {
    ...worker,

    get kinds() {
      return handlers.map(({ name }) => name)
    },

    start() {
      leases.start()
      const restless = handlers.filter(({ retry }) => retry.isDueAtStart)
      const kinds = restless.map(({ name }) => name)
      starts.run(() => makeDue(db, kinds, now())).then(worker.wake, onError)
      worker.start()
    },

    async stop() {
      await starts.settle()
      await worker.stop()
      await leases.stop()
    },

    async add(unit, { name }, { subject, payload, dueAt = unit.at }) {
      await insertJob(unit.db, {
        id: `job_${encodeBase64url(randomBytes(16))}`,
        kind: name,
        subject,
        sealedPayload: sealer.seal(JSON.stringify(payload)),
        createdAt: unit.at,
        dueAt,
      })
      unit.afterCommit(worker.wake)
    },

    has: async (unit, { name }, subjects) => await hasJob(unit.db, { kind: name, subjects }),

    async finish({ name }, subjects, signal) {
      for (;;) {
        if (signal.aborted) return false
        const job = await takeJobEarly(db, { kind: name, subjects }, leases.next())
        if (job === undefined) return true
        if (job === 'lost') await sleep(LOOK_EVERY_MS)
        else if (!(await runHeld(job, signal))) return false
      }
    },

    forget: async (unit, subject) => await removeJobsAbout(unit.db, subject),
  }
  const handlers = toHandlers(queue)
  return queue
}
