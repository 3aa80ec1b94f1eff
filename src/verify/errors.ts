/** Why an access token was refused. A released code never changes meaning. */
export type TokenInvalidCode =
  | 'malformed'
  | 'algorithm_not_allowed'
  | 'key_unknown'
  | 'signature_invalid'
  | 'type_mismatch'
  | 'issuer_mismatch'
  | 'audience_mismatch'
  | 'expired'
  | 'issued_in_future'

/** An access token that must not be trusted. The message holds no part of it. */
export class TokenInvalidError extends Error {
  override readonly name = 'TokenInvalidError'
  readonly code: TokenInvalidCode

  constructor(code: TokenInvalidCode) {
    super(`an access token was refused (${code})`)
    this.code = code
  }
}

/** The issuer's keys could not be had: nobody knows whether the token is good. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError'

  constructor(options?: ErrorOptions) {
    super("the issuer's keys could not be had", options)
  }
}
