import { isDown } from '../call/status.ts'
import { KakaoUnavailableError, KapiError, KauthError } from '../errors.ts'
import type { RequestEnd } from './guard-types.ts'

/** A person's own quota of tokens is used up: one person must not shut the others out. */
const OVER_QUOTA = 'KOE237'

/**
 * What the failure of a request says about the host. A refusal is an answer, and so is any 4xx but
 * 429: whoever answers is there.
 */
export function toRequestEnd(error: unknown): RequestEnd {
  if (error instanceof KakaoUnavailableError) return ofUnusable(error)
  if (error instanceof KauthError && error.kakaoCode === OVER_QUOTA) return 'answered'
  const isRefusal = error instanceof KauthError || error instanceof KapiError
  if (!isRefusal) return 'unknown'
  return isDown(error.status) ? 'failed' : 'answered'
}

function ofUnusable({ reason, status = 0 }: KakaoUnavailableError): RequestEnd {
  if (reason === 'aborted') return 'unknown'
  const isBroken = reason === 'timeout' || reason === 'network'
  const isClientError = status >= 400 && status < 500 && !isDown(status)
  return isClientError && !isBroken ? 'answered' : 'failed'
}
