import { KakaoError } from '../errors.ts'

/**
 * Why an account-status webhook was not believed: the `err` to answer it with (RFC 8935, 2.3).
 *
 * - `invalid_request`: no security event token, or one that lacks what it must hold.
 * - `invalid_key`: a key that Kakao does not publish, or a wrong signature.
 * - `invalid_issuer`, `invalid_audience`: not Kakao's, or not for this app.
 */
export type AccountStatusWebhookErrorCode =
  | 'invalid_request'
  | 'invalid_key'
  | 'invalid_issuer'
  | 'invalid_audience'

/** An account-status webhook that must not be believed. The message may be sent as `description`. */
export class AccountStatusWebhookError extends KakaoError {
  override readonly name = 'AccountStatusWebhookError'
  readonly fault = 'operator'
  readonly retryable = false
  readonly code: AccountStatusWebhookErrorCode

  constructor(code: AccountStatusWebhookErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Why an unlink webhook was not believed.
 *
 * - `unauthorized`: its `Authorization` holds none of the admin keys.
 * - `app_mismatch`: it is about another app, or about none.
 * - `user_missing`: it names nobody; `too_large`: its body is over 64 KB.
 */
export type UnlinkWebhookErrorCode = 'unauthorized' | 'app_mismatch' | 'user_missing' | 'too_large'

const MESSAGES = {
  unauthorized: 'an unlink webhook came without an admin key of ours',
  app_mismatch: 'an unlink webhook is about another app',
  user_missing: 'an unlink webhook names no user',
  too_large: 'an unlink webhook is too large',
} as const satisfies Record<UnlinkWebhookErrorCode, string>

/** An unlink webhook that must not be believed. */
export class UnlinkWebhookError extends KakaoError {
  override readonly name = 'UnlinkWebhookError'
  readonly fault = 'operator'
  readonly retryable = false
  readonly code: UnlinkWebhookErrorCode

  constructor(code: UnlinkWebhookErrorCode) {
    super(MESSAGES[code])
    this.code = code
  }
}
