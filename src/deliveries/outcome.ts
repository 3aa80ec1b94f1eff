import type { Answer } from './send.ts'

/**
 * What follows from an attempt.
 *
 * - `delivered`: it is done.
 * - `gone`: the receiver says that there will be no one any more. It did not count as an attempt.
 * - `again`: after that wait. `dead`: never, unless somebody says so.
 */
export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'dead' }
  | { readonly kind: 'again'; readonly waitMs: number }

export interface RetryRules {
  /** The waits after each failed attempt. */
  readonly retryMs: readonly number[]
  /** @returns From 0 to below 1. */
  readonly random: () => number
}

/** Waits differ by so much, lest all that failed together come back together. */
const SPREAD = 0.2

/** @param attempts How many failed before this one. */
export function toOutcome(
  { status, retryAfterMs = 0 }: Answer,
  attempts: number,
  { retryMs, random }: RetryRules,
): Outcome {
  if (status !== null && status >= 200 && status < 300) return { kind: 'delivered' }
  if (status === 410) return { kind: 'gone' }

  const waitMs = retryMs[attempts]
  if (waitMs === undefined) return { kind: 'dead' }
  const spreadMs = Math.round(waitMs * (1 - SPREAD + 2 * SPREAD * random()))
  return { kind: 'again', waitMs: Math.max(spreadMs, retryAfterMs) }
}
