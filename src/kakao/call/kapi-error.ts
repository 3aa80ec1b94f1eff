import { explainKakaoCode } from '../codes.ts'
import { type KakaoFault, KakaoUnavailableError, KapiError } from '../errors.ts'
import type { WireKapiError } from '../wire.ts'
import type { Caller } from './caller.ts'
import { type Fields, omitUndefined, readText, readTexts, type Unread } from './fields.ts'
import type { KakaoAnswer } from './send.ts'
import { isDown } from './status.ts'

/** The code for a key or token that Kakao does not accept. */
export const TOKEN_REFUSED = -401
/** The code for a parameter that Kakao cannot use. */
export const PARAMETER_INVALID = -2

/**
 * With -401 Kakao's text may say that it is the caller it refuses: a server's address, a domain or
 * an app that is not registered. No other sign tells this from a token that has ended.
 */
const CALLER_REFUSED = /mismatched|deactivated/

/**
 * Turns an unsuccessful answer of kapi into the error to throw.
 *
 * @param by What the call was made with: a refused admin key is no fault of the person's.
 */
export function toKapiError(
  { fields, ...answer }: KakaoAnswer,
  by: Caller['by'],
): KapiError | KakaoUnavailableError {
  const kakaoCode = findCode(fields)
  if (kakaoCode === undefined) return new KakaoUnavailableError('status', answer)

  const { api_type, required_scopes, allowed_scopes }: Unread<WireKapiError> = fields
  return new KapiError({
    ...answer,
    kakaoCode,
    ...omitUndefined({
      apiType: readText(api_type),
      requiredScopes: readTexts(required_scopes),
      allowedScopes: readTexts(allowed_scopes),
    }),
    ...findBlame({ status: answer.status, kakaoCode, by }, fields),
  })
}

/** @returns The negative integer by which an answer of kapi is known to be an error. */
export function findCode(fields: Fields): number | undefined {
  const { code }: Unread<WireKapiError> = fields
  return typeof code === 'number' && Number.isSafeInteger(code) && code < 0 ? code : undefined
}

function findBlame(
  { status, kakaoCode, by }: { status: number; kakaoCode: number; by: Caller['by'] },
  { msg }: Unread<WireKapiError>,
): { fault: KakaoFault; retryable: boolean } {
  const isOurs = by === 'admin_key' || CALLER_REFUSED.test(readText(msg) ?? '')
  if (kakaoCode === TOKEN_REFUSED && isOurs) return { fault: 'operator', retryable: false }
  const entry = explainKakaoCode(kakaoCode)
  if (entry !== undefined) return { fault: entry.fault, retryable: entry.retryable }
  return isDown(status)
    ? { fault: 'kakao', retryable: true }
    : { fault: 'operator', retryable: false }
}
