/** HTTP status and usual text of kapi's error codes. */
export const KAPI_CODES: Readonly<Record<string, { status: number; msg: string }>> = {
  '-1': { status: 400, msg: 'internal server error' },
  '-2': { status: 400, msg: 'invalid parameter' },
  '-3': { status: 403, msg: 'this feature is not enabled' },
  '-4': { status: 403, msg: 'this account is blocked' },
  '-5': { status: 403, msg: 'insufficient permission' },
  '-6': { status: 403, msg: 'this action is not allowed' },
  '-7': { status: 400, msg: 'service is under maintenance' },
  '-8': { status: 400, msg: 'invalid header' },
  '-9': { status: 400, msg: 'this api is deprecated' },
  '-10': { status: 400, msg: 'API limit has been exceeded.' },
  '-11': { status: 400, msg: 'spending limit has been exceeded' },
  '-12': { status: 403, msg: 'this app is blocked' },
  '-101': { status: 400, msg: 'NotRegisteredUserException' },
  '-102': { status: 400, msg: 'already registered' },
  '-103': { status: 400, msg: 'not existing account' },
  '-201': { status: 400, msg: 'user property not found' },
  '-301': { status: 400, msg: 'unknown app' },
  '-401': { status: 401, msg: 'this access token does not exist' },
  '-402': { status: 403, msg: 'insufficient scopes.' },
  '-403': { status: 403, msg: 'not allowed' },
  '-405': { status: 400, msg: 'age verification is needed' },
  '-406': { status: 401, msg: 'not allowed under age 14' },
  '-451': { status: 400, msg: 'age verification is needed' },
  '-452': { status: 400, msg: 'age verification is needed' },
  '-453': { status: 400, msg: 'age verification is needed' },
  '-480': { status: 400, msg: 'identity verification is needed' },
  '-481': { status: 400, msg: 'identity verification is needed' },
  '-501': { status: 400, msg: 'not a talk user' },
  '-602': { status: 400, msg: 'the image is too large' },
  '-603': { status: 400, msg: 'the image took too long' },
  '-606': { status: 400, msg: 'too many images' },
  '-903': { status: 400, msg: 'unregistered app key' },
  '-911': { status: 400, msg: 'unsupported image format' },
  '-9798': { status: 503, msg: 'service is under maintenance' },
}

/** What a `-402` tells beside code and text. */
export interface MissingScopes {
  readonly api_type: string
  readonly required_scopes: readonly string[]
  readonly allowed_scopes: readonly string[]
}

interface KapiErrorOptions {
  readonly msg?: string
  readonly status?: number
  readonly scheme?: 'Bearer' | 'KakaoAK'
  readonly scopes?: MissingScopes
}

/** kapi refuses a request. */
export class KapiError extends Error {
  override readonly name = 'KapiError'
  /** Negative, as on the wire. */
  readonly code: number
  readonly msg: string
  readonly status: number
  /** Which kind of credential a `-401` asks for. */
  readonly scheme: 'Bearer' | 'KakaoAK'

  /** Of a `-402`. */
  readonly scopes: MissingScopes | undefined

  constructor(code: number, options: KapiErrorOptions = {}) {
    super(`kapi refused the request (${code})`)
    const usual = KAPI_CODES[String(code)]
    this.code = code
    this.msg = options.msg ?? usual?.msg ?? 'request refused'
    this.status = options.status ?? usual?.status ?? 400
    this.scheme = options.scheme ?? 'Bearer'
    this.scopes = options.scopes
  }
}
