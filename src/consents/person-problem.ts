import { type ErrorCode, ProblemError } from '../errors.ts'
import { type KakaoError, type KakaoFault, KapiError, KauthError } from '../kakao/index.ts'

/** "Insufficient scopes": the person has not agreed to what the call needs. */
const NOT_AGREED = -402

/** Turns what Kakao answered to a call about a person into the problem that they get. */
export function toPersonProblem(error: KakaoError): ProblemError {
  return toKakaoProblem(error, 'kakao_token_refused')
}

/** @param visitorCode What it is where the visitor has to act. */
export function toKakaoProblem(error: KakaoError, visitorCode: ErrorCode): ProblemError {
  const isRefusal = error instanceof KauthError || error instanceof KapiError
  const kakaoCode = isRefusal ? error.kakaoCode : undefined
  if (error instanceof KapiError && isConsentNeeded(error)) {
    const fields = { required_scopes: error.requiredScopes ?? [] }
    return new ProblemError('consent_needed', { kakaoCode, fields, cause: error })
  }
  const { retryAfterMs } = error
  const code = toCode(error.fault, visitorCode)
  return new ProblemError(code, { kakaoCode, retryAfterMs, cause: error })
}

function toCode(fault: KakaoFault, visitorCode: ErrorCode): ErrorCode {
  if (fault === 'visitor') return visitorCode
  return fault === 'operator' ? 'kakao_misconfigured' : 'kakao_unavailable'
}

export function isConsentNeeded(error: KakaoError): boolean {
  return error instanceof KapiError && error.kakaoCode === NOT_AGREED
}
