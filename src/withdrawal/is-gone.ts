import { KapiError } from '../kakao/index.ts'

/** Not linked; no such account. */
const GONE_CODES: ReadonlySet<number> = new Set([-101, -103])

/** Whether Kakao's answer to a call about a person says that there is no link to our app. */
export function isGone(error: unknown): boolean {
  return error instanceof KapiError && GONE_CODES.has(error.kakaoCode)
}
