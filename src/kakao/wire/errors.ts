/** An error of kauth. All three may be missing. */
export interface WireKauthError {
  error?: string
  /** May repeat the authorization code: never log it. */
  error_description?: string
  /** `KOE…` */
  error_code?: string
}

/** An error of kapi. */
export interface WireKapiError {
  msg: string
  /** A negative integer. */
  code: number
  api_type?: string
  required_scopes?: string[]
  allowed_scopes?: string[]
}
