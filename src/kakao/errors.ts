/** Who has to act before it can go well. */
export type KakaoFault = 'visitor' | 'operator' | 'kakao'

interface KakaoErrorOptions extends ErrorOptions {
  readonly retryAfterMs?: number | undefined
}

/** Base of everything that goes wrong with Kakao. Messages hold no token, code or personal data. */
export abstract class KakaoError extends Error {
  abstract readonly fault: KakaoFault
  /** Whether the same call may go well a little later. A code exchange may not be repeated even so. */
  abstract readonly retryable: boolean
  /** When it may be worth trying again, where that is known. */
  readonly retryAfterMs?: number

  constructor(message: string, { retryAfterMs, ...options }: KakaoErrorOptions = {}) {
    super(message, options)
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs
  }
}

/** kauth answered and said no. */
export class KauthError extends KakaoError {
  override readonly name = 'KauthError'
  readonly status: number
  /** The error word of RFC 6749, where Kakao gave one. */
  readonly error?: string
  /** Such as `KOE320`; see `explainKakaoCode`. */
  readonly kakaoCode?: string
  readonly fault: KakaoFault
  readonly retryable: boolean

  constructor(answer: {
    status: number
    error?: string
    kakaoCode?: string
    fault: KakaoFault
    retryable: boolean
    retryAfterMs?: number
  }) {
    const { kakaoCode, error, status, retryAfterMs } = answer
    super(`Kakao refused the request (${kakaoCode ?? error ?? status})`, { retryAfterMs })
    this.status = answer.status
    if (answer.error !== undefined) this.error = answer.error
    if (answer.kakaoCode !== undefined) this.kakaoCode = answer.kakaoCode
    this.fault = answer.fault
    this.retryable = answer.retryable
  }
}

/** kapi answered and said no. */
export class KapiError extends KakaoError {
  override readonly name = 'KapiError'
  readonly status: number
  /** A negative integer; see `explainKakaoCode`. */
  readonly kakaoCode: number
  /** With `-402`: the consent items that the call needs. */
  readonly requiredScopes?: readonly string[]
  /** With `-402`: the consent items that the person agreed to. */
  readonly allowedScopes?: readonly string[]
  /** With `-402`: Kakao's name for the call. */
  readonly apiType?: string
  readonly fault: KakaoFault
  readonly retryable: boolean

  constructor(answer: {
    status: number
    kakaoCode: number
    requiredScopes?: readonly string[]
    allowedScopes?: readonly string[]
    apiType?: string
    fault: KakaoFault
    retryable: boolean
    retryAfterMs?: number
  }) {
    const { kakaoCode, retryAfterMs } = answer
    super(`Kakao refused the request (${kakaoCode})`, { retryAfterMs })
    this.status = answer.status
    this.kakaoCode = answer.kakaoCode
    if (answer.requiredScopes !== undefined) this.requiredScopes = answer.requiredScopes
    if (answer.allowedScopes !== undefined) this.allowedScopes = answer.allowedScopes
    if (answer.apiType !== undefined) this.apiType = answer.apiType
    this.fault = answer.fault
    this.retryable = answer.retryable
  }
}

/**
 * Why there was no usable answer.
 *
 * - `timeout`: the deadline passed; `aborted`: the caller gave up.
 * - `network`: no connection, or it broke.
 * - `status`: an unusable HTTP status without a Kakao code; `redirect`: one that points elsewhere.
 * - `too_large`: more than 1 MB; `not_json`: HTML, broken JSON, or JSON that is no object.
 * - `unexpected_shape`: JSON that lacks what the call is for.
 * - `cool_down`: Kakao was asked too recently to be asked again.
 * - `breaker_open`: it failed too often to be asked now; `too_many_calls`: too many are asking it.
 */
export type UnavailableReason =
  | 'timeout'
  | 'aborted'
  | 'network'
  | 'status'
  | 'redirect'
  | 'too_large'
  | 'not_json'
  | 'unexpected_shape'
  | 'cool_down'
  | 'breaker_open'
  | 'too_many_calls'

interface UnavailableDetails extends KakaoErrorOptions {
  readonly status?: number
  readonly wasSent?: boolean
}

const UNSENT: ReadonlySet<UnavailableReason> = new Set([
  'cool_down',
  'breaker_open',
  'too_many_calls',
])

/** Kakao gave no usable answer. It does not cover answers with an error code of Kakao's own. */
export class KakaoUnavailableError extends KakaoError {
  override readonly name = 'KakaoUnavailableError'
  readonly fault = 'kakao'
  readonly retryable = true
  readonly reason: UnavailableReason
  /** `false`: nothing has gone to Kakao, so that a code or token is as good as before. */
  readonly wasSent: boolean
  /** The HTTP status, where an answer had begun. */
  readonly status?: number

  constructor(reason: UnavailableReason, { status, wasSent, ...details }: UnavailableDetails = {}) {
    super(`Kakao gave no usable answer (${reason})`, details)
    this.reason = reason
    this.wasSent = wasSent ?? !UNSENT.has(reason)
    if (status !== undefined) this.status = status
  }
}

/** Kakao's answer to a code or a refresh token held neither an access token nor an error. */
export class TokenMissingError extends KakaoError {
  override readonly name = 'TokenMissingError'
  readonly fault = 'kakao'
  readonly retryable = false
  readonly status: number

  constructor(status: number) {
    super('Kakao answered with neither an access token nor an error')
    this.status = status
  }
}

/** Why an ID token was not accepted. A released code never changes meaning. */
export type IdTokenErrorCode =
  | 'malformed'
  | 'algorithm_not_allowed'
  | 'key_unknown'
  | 'signature_invalid'
  | 'issuer_mismatch'
  | 'audience_mismatch'
  | 'expired'
  | 'issued_in_future'
  | 'nonce_mismatch'
  | 'subject_missing'

/** An ID token that must not be trusted. */
export class IdTokenError extends KakaoError {
  override readonly name = 'IdTokenError'
  readonly fault = 'visitor'
  readonly retryable = false
  readonly code: IdTokenErrorCode

  constructor(code: IdTokenErrorCode) {
    super(`an ID token was refused (${code})`)
    this.code = code
  }
}
