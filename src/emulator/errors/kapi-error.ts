/** HTTP status and usual text of kapi's error codes. */
const KAPI_CODES: Readonly<Record<string, { status: number; msg: string }>> = {
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
  '-401': { status: 401, msg: 'this access token does not exist' },
  '-402': { status: 403, msg: 'insufficient scopes.' },
  '-406': { status: 401, msg: 'not allowed under age 14' },
  '-501': { status: 400, msg: 'not a talk user' },
  '-903': { status: 400, msg: 'unregistered app key' },
  '-9798': { status: 503, msg: 'service is under maintenance' },
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

  constructor(
    code: number,
    options: { msg?: string; status?: number; scheme?: 'Bearer' | 'KakaoAK' } = {},
  ) {
    super(`kapi refused the request (${code})`)
    const usual = KAPI_CODES[String(code)]
    this.code = code
    this.msg = options.msg ?? usual?.msg ?? 'request refused'
    this.status = options.status ?? usual?.status ?? 400
    this.scheme = options.scheme ?? 'Bearer'
  }
}
