import type { Db } from '../db/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import type { Sealer } from '../jose/seal.ts'
import {
  continueJob,
  giveJobUp,
  insertJob,
  postponeJob,
  removeJob,
  type StoredJob,
  takeJob,
} from './job-store.ts'
import { type JobHandler, type JobType, toRetryDelay } from './job-type.ts'
import { createWorker, type Worker } from './worker.ts'

export interface JobQueueDeps {
  readonly db: Db
  readonly sealer: Sealer
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
  /** Told of an attempt that failed; `isLast` when the job is given up. */
  readonly onFailure: (error: unknown, job: { kind: string; isLast: boolean }) => void
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
  /** Adds a job to what is committed; it starts at once, or when it is due. */
  add<Payload>(
    unit: UnitOfWork,
    type: JobType<Payload>,
    request: JobRequest<Payload>,
  ): Promise<void>
}

/** Longer than any job may take. */
const LEASE_MS = 60_000

/** @param toHandlers Makes what does the jobs; it may add further ones. */
export function createJobQueue(
  deps: JobQueueDeps,
  toHandlers: (jobs: JobQueue) => readonly JobHandler[],
): JobQueue {
  const { db, sealer, now, randomBytes, onError } = deps
  const worker = createWorker({
    takeNext: async () => await takeJob(db, { now: now(), leaseMs: LEASE_MS }),
    run: async (job) => await runJob(deps, handlers, job),
    onError,
  })

  const queue: JobQueue = {
    ...worker,

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
  }
  const handlers = toHandlers(queue)
  return queue
}

async function runJob(
  deps: JobQueueDeps,
  handlers: readonly JobHandler[],
  job: StoredJob,
): Promise<void> {
  // A kind of a newer version waits for an instance that knows it.
  const handler = handlers.find(({ name }) => name === job.kind)
  try {
    const rest = await run(deps, handler, job)
    await keepRest(deps, job, rest)
  } catch (error) {
    await putOff(deps, { job, handler, error })
  }
}

async function keepRest({ db, sealer, now }: JobQueueDeps, job: StoredJob, rest: unknown) {
  if (rest === undefined) return await removeJob(db, job)
  const sealedPayload = sealer.seal(JSON.stringify(rest))
  await continueJob(db, job, { sealedPayload, dueAt: now() })
}

async function putOff(
  { db, now, onFailure }: JobQueueDeps,
  failed: { job: StoredJob; handler: JobHandler | undefined; error: unknown },
): Promise<void> {
  const { job, handler, error } = failed
  const ageMs = now().getTime() - job.createdAt.getTime()
  const delayMs = handler ? toRetryDelay(handler.retry, { ...job, ageMs }) : LEASE_MS
  onFailure(error, { kind: job.kind, isLast: delayMs === undefined })
  if (delayMs === undefined) return await giveJobUp(db, job, now())
  await postponeJob(db, job, new Date(now().getTime() + delayMs))
}

async function run(
  { sealer }: JobQueueDeps,
  handler: JobHandler | undefined,
  { sealedPayload }: StoredJob,
): Promise<unknown> {
  if (handler === undefined) throw new Error('this version knows no such job')
  const payload = sealer.open(sealedPayload)
  if (payload === undefined) throw new Error('SECRET_KEY no longer holds what sealed this job')
  return await handler.run(JSON.parse(payload))
}
