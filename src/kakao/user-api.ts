import type { CallOptions, KakaoUserApi } from './client-types.ts'
import type { KakaoContext } from './context.ts'
import { KakaoUnavailableError, KapiError } from './errors.ts'
import { isSuccess, type KakaoAnswer, sendToKakao } from './http.ts'
import { findCode, TOKEN_REFUSED, toKapiError } from './kapi-error.ts'
import { findUser } from './to-user.ts'

/** The characters of a bearer token (RFC 6750, 2.1). */
const BEARER_TOKEN = /^[\w\-.~+/]+=*$/

export function createUserApi(context: KakaoContext, accessToken: string): KakaoUserApi {
  return {
    async getMe({ propertyKeys, ...call } = {}) {
      const query = new URLSearchParams({ secure_resource: 'true' })
      if (propertyKeys !== undefined) query.append('property_keys', JSON.stringify(propertyKeys))

      const { status, fields } = await get(context, accessToken, `/v2/user/me?${query}`, call)
      const user = findUser(fields)
      if (user === undefined) throw new KakaoUnavailableError('unexpected_shape', { status })
      return user
    },
  }
}

async function get(
  context: KakaoContext,
  accessToken: string,
  path: string,
  call: CallOptions,
): Promise<KakaoAnswer> {
  const headers = { authorization: toAuthorization(accessToken) }
  const answer = await sendToKakao(context, context.kapiUrl + path, { headers }, call)
  if (!isSuccess(answer.status) || findCode(answer.fields) !== undefined) throw toKapiError(answer)
  return answer
}

/**
 * Text that can be no token is refused as Kakao would refuse it, without asking: `fetch` would
 * quote it in its own error.
 */
function toAuthorization(accessToken: string): string {
  if (BEARER_TOKEN.test(accessToken)) return `Bearer ${accessToken}`
  throw new KapiError({ status: 401, kakaoCode: TOKEN_REFUSED, fault: 'visitor', retryable: false })
}
