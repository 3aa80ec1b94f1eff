import { ProblemError } from '../errors.ts'
import { type KakaoError, KapiError, KauthError } from '../kakao/index.ts'

const CODE_BY_FAULT = {
  visitor: 'kakao_token_refused',
  operator: 'kakao_misconfigured',
  kakao: 'kakao_unavailable',
} as const

/** "Insufficient scopes": the person has not agreed to what the call needs. */
const NOT_AGREED = -402

/** Turns what Kakao answered to a call about a person into the problem that they get. */
export function toPersonProblem(error: KakaoError): ProblemError {
  const isRefusal = error instanceof KauthError || error instanceof KapiError
  const kakaoCode = isRefusal ? error.kakaoCode : undefined
  if (error instanceof KapiError && isConsentNeeded(error)) {
    const fields = { required_scopes: error.requiredScopes ?? [] }
    return new ProblemError('consent_needed', { kakaoCode, fields, cause: error })
  }
  const { retryAfterMs } = error
  return new ProblemError(CODE_BY_FAULT[error.fault], { kakaoCode, retryAfterMs, cause: error })
}

export function isConsentNeeded(error: KakaoError): boolean {
  return error instanceof KapiError && error.kakaoCode === NOT_AGREED
}
