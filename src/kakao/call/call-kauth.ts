import type { CallOptions } from '../client-types.ts'
import type { KakaoContext } from '../context.ts'
import type { KakaoEndpoint } from '../endpoints/endpoint.ts'
import { KakaoUnavailableError } from '../errors.ts'
import { findKauthError } from './kauth-error.ts'
import { type ParametersOf, toParameters } from './parameters.ts'
import { withRetries } from './retry.ts'
import { type KakaoAnswer, sendToKakao } from './send.ts'
import { isSuccess } from './status.ts'
import { toRequest } from './to-request.ts'

/**
 * Posts a form to kauth.
 *
 * @throws {KauthError} Kakao said no.
 * @throws {KakaoUnavailableError} No usable answer.
 */
export function callKauth<E extends KakaoEndpoint>(
  context: KakaoContext,
  endpoint: E,
  parameters: ParametersOf<E>,
  call: CallOptions = {},
): Promise<KakaoAnswer> {
  const request = toRequest(context, endpoint, toParameters(endpoint, parameters))
  return withRetries(context, endpoint, call, async (signal) => {
    const answer = await sendToKakao(context, request, signal)
    const error = findKauthError(answer)
    if (error !== undefined) throw error
    return answer
  })
}

/**
 * Reads something that Kakao publishes for everyone.
 *
 * @throws {KakaoUnavailableError} Anything but a good answer.
 */
export function getPublicJson(
  context: KakaoContext,
  endpoint: KakaoEndpoint,
  call: CallOptions = {},
): Promise<KakaoAnswer> {
  const request = toRequest(context, endpoint, new URLSearchParams())
  return withRetries(context, endpoint, call, async (signal) => {
    const answer = await sendToKakao(context, request, signal)
    if (!isSuccess(answer.status)) throw new KakaoUnavailableError('status', answer)
    return answer
  })
}
