import { importJwkSet, type Keys } from '../../jose/index.ts'
import { getPublicJson } from '../call/call-kauth.ts'
import type { KakaoContext } from '../context.ts'
import { KAUTH_ENDPOINTS } from '../endpoints/kauth-endpoints.ts'
import { KakaoUnavailableError } from '../errors.ts'

/**
 * Fetches Kakao's JWK set and imports its keys. Unguarded: the key set keeps its own pace, and to fail
 * with it while old keys serve must not keep anybody from logging in.
 *
 * @throws {KakaoUnavailableError} No answer, or no usable key in it.
 */
export async function fetchKeys(context: KakaoContext): Promise<Keys> {
  const { status, fields } = await getPublicJson(
    { ...context, lane: 'unguarded' },
    KAUTH_ENDPOINTS.keys,
  )
  const keys = await importJwkSet(fields, context.onError)
  if (keys.size === 0) throw new KakaoUnavailableError('unexpected_shape', { status })
  return keys
}
