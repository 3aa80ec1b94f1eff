import type { Db } from '../db/index.ts'
import { BY_ITSELF, type Transact, type UnitOfWork } from '../events/index.ts'
import type { Sealer } from '../jose/seal.ts'
import { inSpan, type Span, type Tracer, toErrorType } from '../tracing/index.ts'
import { continueJob, giveJobUp, postponeJob, removeJob, type StoredJob } from './job-store.ts'
import { type JobHandler, toRetryDelay } from './job-type.ts'

export interface RunJobDeps {
  readonly db: Db
  readonly transact: Transact
  readonly sealer: Sealer
  readonly tracer: Tracer
  readonly now: () => Date
  /** Told of an attempt that failed; `isLast` when the job is given up. */
  readonly onFailure: (
    error: unknown,
    job: { readonly kind: string; readonly attempts: number; readonly isLast: boolean },
  ) => void
}

/** Before a kind that this version does not know is looked at again. */
const UNKNOWN_KIND_MS = 60_000

/** Somebody else has the job now, and says what comes of it. */
class JobLostError extends Error {
  override readonly name = 'JobLostError'
}

/**
 * Makes an attempt at a job, and keeps what came of it.
 *
 * @returns Whether it is done.
 */
export async function runJob(
  deps: RunJobDeps,
  handlers: readonly JobHandler[],
  held: HeldJob,
): Promise<boolean> {
  const { kind, attempts } = held.job
  const attributes = { 'daemun.job.kind': kind, 'daemun.job.attempt': attempts }
  const work = async (span: Span) => await attemptJob(deps, handlers, { ...held, span })
  return await inSpan(deps.tracer, `job ${kind}`, { kind: 'internal', attributes }, work)
}

/** A job in our hands. */
interface HeldJob {
  readonly job: StoredJob
  /** Aborted when the job is lost. */
  readonly signal: AbortSignal
}

async function attemptJob(
  deps: RunJobDeps,
  handlers: readonly JobHandler[],
  { job, signal, span }: HeldJob & { span: Span },
): Promise<boolean> {
  // A kind of a newer version waits for an instance that knows it.
  const handler = handlers.find(({ name }) => name === job.kind)
  const atEnd: ((unit: UnitOfWork) => Promise<void>)[] = []
  try {
    const payload = openPayload(deps, handler, job)
    const attempt = {
      signal,
      atEnd: (work: (unit: UnitOfWork) => Promise<void>) => atEnd.push(work),
    }
    const rest = await handler?.run(payload, attempt)
    await end(deps, { job, rest, atEnd })
    return rest === undefined
  } catch (error) {
    span.fail(toErrorType(error))
    if (!(error instanceof JobLostError)) await putOff(deps, { job, handler, error })
    return false
  }
}

function openPayload(
  { sealer }: RunJobDeps,
  handler: JobHandler | undefined,
  { sealedPayload }: StoredJob,
): unknown {
  if (handler === undefined) throw new Error('this version knows no such job')
  const payload = sealer.open(sealedPayload)
  if (payload === undefined) throw new Error('SECRET_KEY does not list what sealed this job')
  return JSON.parse(payload)
}

interface EndedAttempt {
  readonly job: StoredJob
  readonly rest: unknown
  readonly atEnd: readonly ((unit: UnitOfWork) => Promise<void>)[]
}

async function end({ transact, sealer }: RunJobDeps, ended: EndedAttempt): Promise<void> {
  const { job, rest, atEnd } = ended
  await transact(BY_ITSELF, async (unit) => {
    const sealedPayload = sealer.seal(JSON.stringify(rest ?? null))
    const isOurs =
      rest === undefined
        ? await removeJob(unit.db, job)
        : await continueJob(unit.db, job, { sealedPayload, dueAt: unit.at })
    if (!isOurs) throw new JobLostError()
    for (const work of atEnd) await work(unit)
  })
}

async function putOff(
  { db, now, onFailure }: RunJobDeps,
  failed: { job: StoredJob; handler: JobHandler | undefined; error: unknown },
): Promise<void> {
  const { job, handler, error } = failed
  const ageMs = now().getTime() - job.createdAt.getTime()
  const delayMs = handler ? toRetryDelay(handler.retry, { ...job, ageMs }) : UNKNOWN_KIND_MS
  const { kind, attempts } = job
  onFailure(error, { kind, attempts, isLast: delayMs === undefined })
  if (delayMs === undefined) return await giveJobUp(db, job, now())
  await postponeJob(db, job, new Date(now().getTime() + delayMs))
}
