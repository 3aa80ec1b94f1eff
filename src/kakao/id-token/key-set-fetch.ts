import { importVerifyKey, JoseError } from '../../jose/index.ts'
import { getPublicJson } from '../call/call-kauth.ts'
import { type Fields, isFields } from '../call/fields.ts'
import type { KakaoContext } from '../context.ts'
import { KAUTH_ENDPOINTS } from '../endpoints/kauth-endpoints.ts'
import { KakaoUnavailableError } from '../errors.ts'
import type { KakaoVerifyKey } from './key-set-types.ts'

export type KakaoKeys = ReadonlyMap<string, KakaoVerifyKey>

/**
 * Fetches Kakao's JWK set and imports its keys. Entries for other uses are passed over; a broken
 * one is reported and passed over, since the others are still good.
 *
 * @throws {KakaoUnavailableError} No answer, or no usable key in it.
 * @see [RFC 7517, section 5](https://www.rfc-editor.org/rfc/rfc7517.html#section-5)
 */
export async function fetchKeys(context: KakaoContext): Promise<KakaoKeys> {
  const { status, fields } = await getPublicJson(context, KAUTH_ENDPOINTS.keys)
  const entries: readonly unknown[] = Array.isArray(fields.keys) ? fields.keys : []

  const keys = new Map<string, KakaoVerifyKey>()
  for (const entry of entries) {
    if (!isFields(entry) || typeof entry.kid !== 'string') continue
    const key = await findKey(entry, context.onError)
    if (key !== undefined) keys.set(entry.kid, key)
  }
  if (keys.size === 0) throw new KakaoUnavailableError('unexpected_shape', { status })
  return keys
}

async function findKey(
  entry: Fields,
  onError: (error: Error) => void,
): Promise<KakaoVerifyKey | undefined> {
  try {
    return await importVerifyKey(entry)
  } catch (error) {
    if (!(error instanceof JoseError)) throw error
    onError(error)
    return undefined
  }
}
