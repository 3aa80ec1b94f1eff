import type { KakaoContext } from '../context.ts'
import { KapiError } from '../errors.ts'
import { readId } from './fields.ts'
import { PARAMETER_INVALID, TOKEN_REFUSED } from './kapi-error.ts'

/** In whose name kapi is called. */
export type Caller =
  | { readonly by: 'access_token'; readonly accessToken: string }
  | { readonly by: 'admin_key'; readonly adminKey: string; readonly userId?: string }

/** What every call to kapi needs. */
export interface KapiAccess {
  readonly context: KakaoContext
  readonly caller: Caller
}

/** The characters of a bearer token (RFC 6750, 2.1). */
const BEARER_TOKEN = /^[\w\-.~+/]+=*$/
const ADMIN_KEY = /^[\x21-\x7e]+$/

/**
 * Text that can be no token or key is refused as Kakao would refuse it, without asking: `fetch`
 * would quote it in its own error.
 *
 * @throws {KapiError} `-401`
 */
export function toAuthorization(caller: Caller): string {
  if (caller.by === 'access_token') {
    if (BEARER_TOKEN.test(caller.accessToken)) return `Bearer ${caller.accessToken}`
    throw refusedUnasked(401, TOKEN_REFUSED, 'visitor')
  }
  if (ADMIN_KEY.test(caller.adminKey)) return `KakaoAK ${caller.adminKey}`
  throw refusedUnasked(401, TOKEN_REFUSED, 'operator')
}

/**
 * The person whom a call with the admin key is about.
 *
 * @throws {KapiError} `-2`: what was given is no id.
 */
export function toTarget(caller: Caller): Readonly<Record<string, string>> {
  if (caller.by === 'access_token' || caller.userId === undefined) return {}
  return { target_id_type: 'user_id', target_id: toKakaoId(caller.userId) }
}

/** @throws {KapiError} `-2`: the text is no id. */
export function toKakaoId(text: string): string {
  const id = readId(text)
  if (id === undefined) throw refusedUnasked(400, PARAMETER_INVALID, 'operator')
  return id
}

function refusedUnasked(
  status: number,
  kakaoCode: number,
  fault: 'visitor' | 'operator',
): KapiError {
  return new KapiError({ status, kakaoCode, fault, retryable: false })
}
