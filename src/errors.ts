/** Every failure a caller can meet. A released code never changes meaning. */
export type ErrorCode =
  | 'parameter_invalid'
  | 'duplicate_parameter'
  | 'next_not_allowed'
  | 'redirect_uri_not_allowed'
  | 'state_invalid'
  | 'attempt_missing'
  | 'attempt_invalid'
  | 'attempt_expired'
  | 'code_missing'
  | 'code_refused'
  | 'code_used'
  | 'token_missing'
  | 'login_cancelled'
  | 'id_token_invalid'
  | 'id_token_stale'
  | 'id_token_used'
  | 'nonce_mismatch'
  | 'account_facts_missing'
  | 'access_token_not_accepted'
  | 'grant_invalid'
  | 'grant_type_unsupported'
  | 'not_signed_in'
  | 'kakao_token_refused'
  | 'kakao_token_foreign'
  | 'webhook_unauthorized'
  | 'cross_site'
  | 'consent_required'
  | 'consent_needed'
  | 'recent_login_required'
  | 'rejoin_too_early'
  | 'not_found'
  | 'consent_unknown'
  | 'method_not_allowed'
  | 'consent_not_revocable'
  | 'identity_mismatch'
  | 'identity_taken'
  | 'last_identity'
  | 'body_too_large'
  | 'query_too_long'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'internal'
  | 'kakao_misconfigured'
  | 'kakao_unavailable'
  | 'store_unavailable'
  | 'login_interrupted'

/** Further members of a problem (RFC 9457, section 3.2), as JSON has them: names in `snake_case`. */
export type ProblemFields = Readonly<Record<string, string | null | readonly string[]>>

export interface ProblemDetails {
  /** Kakao's own code: text such as `KOE320`, or a number such as -3. */
  readonly kakaoCode?: string | number | undefined
  /** One English sentence for whoever called. Holds no token, code or personal data. */
  readonly detail?: string | undefined
  /** What a caller needs to know beside the code, such as what is missing. Nothing personal. */
  readonly fields?: ProblemFields | undefined
  /** For a 429 or 503: when it may be worth trying again, where that is known. */
  readonly retryAfterMs?: number | undefined
  /** For the page alone: lets a member leave who is not let in. */
  readonly withdrawalTicket?: string | undefined
  /** For the log alone; never shown. */
  readonly cause?: unknown
}

/** A request that is answered with a problem. The message holds no token, code or personal data. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ErrorCode
  readonly kakaoCode: string | number | undefined
  readonly detail: string | undefined
  readonly fields: ProblemFields
  readonly retryAfterMs: number | undefined
  readonly withdrawalTicket: string | undefined

  constructor(code: ErrorCode, details: ProblemDetails = {}) {
    const { kakaoCode, detail, fields = {}, retryAfterMs, withdrawalTicket, cause } = details
    super(kakaoCode === undefined ? code : `${code} (${kakaoCode})`, { cause })
    this.code = code
    this.kakaoCode = kakaoCode
    this.detail = detail
    this.fields = fields
    this.retryAfterMs = retryAfterMs
    this.withdrawalTicket = withdrawalTicket
  }
}
