/** Why a token or a key was not accepted. A released code never changes meaning. */
export type JoseErrorCode =
  | 'malformed'
  | 'algorithm_not_allowed'
  | 'key_unknown'
  | 'key_unusable'
  | 'signature_invalid'

/** A signature or key that must not be trusted. Messages hold no part of the token. */
export class JoseError extends Error {
  override readonly name = 'JoseError'
  readonly code: JoseErrorCode

  constructor(code: JoseErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
