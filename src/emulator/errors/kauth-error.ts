import { describeKoeCode } from './koe-codes.ts'

/** kauth refuses a request: shown as a page at authorize, answered as JSON at the token endpoint. */
export class KauthError extends Error {
  override readonly name = 'KauthError'
  /** `KOE…` */
  readonly koe: string
  /** The OAuth word beside it. */
  readonly error: string
  /** The `error_description`; as at Kakao it may repeat what was sent. */
  readonly description: string
  /** HTTP status where it is answered as JSON. */
  readonly status: number

  constructor(
    koe: string,
    options: { error?: string; description?: string; status?: number } = {},
  ) {
    super(`kauth refused the request (${koe})`)
    const usual = describeKoeCode(koe)
    this.koe = koe
    this.error = options.error ?? usual.error
    this.description = options.description ?? usual.description
    this.status = options.status ?? usual.status
  }
}
