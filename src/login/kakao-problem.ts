import { toKakaoProblem } from '../consents/index.ts'
import { ProblemError } from '../errors.ts'
import { IdTokenError, type KakaoError, TokenMissingError } from '../kakao/index.ts'

/** Turns what Kakao answered during a login into the problem that the visitor gets. */
export function toLoginProblem(error: KakaoError): ProblemError {
  if (error instanceof IdTokenError) {
    const code = error.code === 'nonce_mismatch' ? 'nonce_mismatch' : 'id_token_invalid'
    return new ProblemError(code, { cause: error })
  }
  if (error instanceof TokenMissingError) return new ProblemError('token_missing', { cause: error })
  return toKakaoProblem(error, 'code_refused')
}

/** Error words that Kakao's redirect may carry when a visitor turned back or had to be asked. */
const TURNED_BACK = new Set([
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
])
const TRY_LATER = new Set(['server_error', 'temporarily_unavailable'])

/** Turns the `error` of Kakao's redirect (RFC 6749, 4.1.2.1) into a problem. */
export function toRedirectProblem(error: string): ProblemError {
  if (TURNED_BACK.has(error)) return new ProblemError('login_cancelled')
  if (TRY_LATER.has(error)) return new ProblemError('kakao_unavailable')
  return new ProblemError('kakao_misconfigured')
}

export function isTurnedBack(error: string): boolean {
  return TURNED_BACK.has(error)
}
