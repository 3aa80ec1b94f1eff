import { callKauth } from '../call/call-kauth.ts'
import type { CallOptions } from '../client-types.ts'
import type { KakaoContext } from '../context.ts'
import { KAUTH_ENDPOINTS } from '../endpoints/kauth-endpoints.ts'
import { KakaoUnavailableError } from '../errors.ts'
import { findIdTokenClaims } from '../id-token/id-token-claims.ts'
import type { KakaoTokenInfo } from '../id-token/id-token-types.ts'

export async function getTokenInfo(
  context: KakaoContext,
  idToken: string,
  call?: CallOptions,
): Promise<KakaoTokenInfo> {
  const parameters = { id_token: idToken }
  const answer = await callKauth(context, KAUTH_ENDPOINTS.tokenInfo, parameters, call)
  const info = findIdTokenClaims(answer.fields)
  if (info === undefined) throw new KakaoUnavailableError('unexpected_shape', answer)
  return info
}
