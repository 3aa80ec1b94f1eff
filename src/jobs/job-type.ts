import type { UnitOfWork } from '../events/index.ts'

/** Names a kind of job and the payload it carries. */
export interface JobType<Payload> {
  readonly name: string
  /** Never set: it ties the payload's type to the name. */
  readonly payload?: Payload
}

/** How long to wait after each failed attempt, and when to give up. */
export interface RetryRule {
  readonly firstMs: number
  /** The wait doubles up to this. */
  readonly mostMs: number
  /** After so long since it was added, a failing job is given up. */
  readonly giveUpAfterMs: number
  /** Whether a start of any instance ends the waits. */
  readonly isDueAtStart?: boolean
}

/** An attempt at a job, while it lasts. */
export interface Attempt {
  /** Aborted when somebody else may have taken the job over. */
  readonly signal: AbortSignal
  /** Adds to the transaction in which the job ends: both happen, or the job is done again. */
  atEnd(work: (unit: UnitOfWork) => Promise<void>): void
}

/** How jobs of one kind are done. */
export interface JobHandler {
  readonly name: string
  readonly retry: RetryRule
  /**
   * Throws when it could not be done. It may run more than once: it has to bear that.
   *
   * @returns What is left to do, as another payload; nothing when it is done.
   */
  run(payload: unknown, attempt: Attempt): Promise<unknown>
}

/** Ties a kind of job to what does it. */
export function handleJob<Payload>(
  { name }: JobType<Payload>,
  retry: RetryRule,
  run: (payload: Payload, attempt: Attempt) => Promise<Payload | undefined>,
): JobHandler {
  // Payloads come back sealed, so only we can have written them.
  return { name, retry, run: async (payload, attempt) => await run(payload as Payload, attempt) }
}

/** The wait before the next attempt; `undefined` where it is time to give up. */
export function toRetryDelay(
  { firstMs, mostMs, giveUpAfterMs }: RetryRule,
  { attempts, ageMs }: { attempts: number; ageMs: number },
): number | undefined {
  if (ageMs >= giveUpAfterMs) return undefined
  return Math.min(firstMs * 2 ** (attempts - 1), mostMs)
}
