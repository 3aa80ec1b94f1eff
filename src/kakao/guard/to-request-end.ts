import { isDown } from '../call/status.ts'
import { KakaoUnavailableError, KapiError, KauthError } from '../errors.ts'
import type { RequestEnd } from './guard-types.ts'

/** A person's own quota of tokens is used up: one person must not shut the others out. */
const OVER_QUOTA = 'KOE237'

/**
 * The part of a deadline that is fair. All calls of one request share it: of any two, the one that
 * took the greater part of it is to blame that it passed, and no host for another's slowness.
 */
const FAIR_PART = 1 / 2

/** How long a request was waited for, and how long its call might have taken. */
export interface RequestWait {
  readonly waitedMs: number
  readonly deadlineMs: number
}

/**
 * What the failure of a request says about the host. A refusal is an answer, and so is any 4xx but
 * 429: whoever answers is there. A deadline of which little was left says nothing.
 */
export function toRequestEnd(error: unknown, wait: RequestWait): RequestEnd {
  if (error instanceof KakaoUnavailableError) {
    return error.reason === 'timeout' ? ofTimeout(wait) : ofUnusable(error)
  }
  if (error instanceof KauthError && error.kakaoCode === OVER_QUOTA) return 'answered'
  const isRefusal = error instanceof KauthError || error instanceof KapiError
  if (!isRefusal) return 'unknown'
  return isDown(error.status) ? 'failed' : 'answered'
}

function ofUnusable({ reason, status = 0 }: KakaoUnavailableError): RequestEnd {
  if (reason === 'aborted') return 'unknown'
  const isClientError = status >= 400 && !isDown(status)
  return isClientError && reason !== 'network' ? 'answered' : 'failed'
}

function ofTimeout({ waitedMs, deadlineMs }: RequestWait): RequestEnd {
  return waitedMs < deadlineMs * FAIR_PART ? 'unknown' : 'failed'
}
