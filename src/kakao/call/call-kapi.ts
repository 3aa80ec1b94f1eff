import type { CallOptions } from '../client-types.ts'
import type { KakaoEndpoint } from '../endpoints/endpoint.ts'
import { KakaoUnavailableError } from '../errors.ts'
import { type KapiAccess, toAuthorization, toTarget } from './caller.ts'
import type { Fields } from './fields.ts'
import { findCode, toKapiError } from './kapi-error.ts'
import { type ParametersOf, toParameters } from './parameters.ts'
import { withRetries } from './retry.ts'
import { type KakaoAnswer, type KakaoRequest, sendToKakao } from './send.ts'
import { isSuccess } from './status.ts'
import { toRequest } from './to-request.ts'

/** A call to kapi, and how its answer is read. */
export interface KapiCall<E extends KakaoEndpoint, T> {
  readonly endpoint: E
  readonly parameters: ParametersOf<E>
  /** @returns `undefined` when the answer lacks what the call is for. */
  readonly read: (fields: Fields) => T | undefined
}

/**
 * Calls kapi in somebody's name.
 *
 * @throws {KapiError} Kakao said no.
 * @throws {KakaoUnavailableError} No usable answer.
 */
export async function callKapi<E extends KakaoEndpoint, T>(
  access: KapiAccess,
  { endpoint, parameters, read }: KapiCall<E, T>,
  call: CallOptions = {},
): Promise<T> {
  const request = toKapiRequest(access, endpoint, parameters)
  const { status, fields } = await withRetries(access.context, endpoint, call, (signal) =>
    attempt(access, request, signal),
  )
  const value = read(fields)
  if (value === undefined) throw new KakaoUnavailableError('unexpected_shape', { status })
  return value
}

function toKapiRequest<E extends KakaoEndpoint>(
  { context, caller }: KapiAccess,
  endpoint: E,
  parameters: ParametersOf<E>,
): KakaoRequest {
  const values = toParameters(endpoint, { ...parameters, ...toTarget(caller) })
  return toRequest(context, endpoint, values, { authorization: toAuthorization(caller) })
}

async function attempt(
  { context, caller }: KapiAccess,
  request: KakaoRequest,
  signal: AbortSignal,
): Promise<KakaoAnswer> {
  const answer = await sendToKakao(context, request, signal)
  if (!isSuccess(answer.status) || findCode(answer.fields) !== undefined) {
    throw toKapiError(answer, caller.by)
  }
  return answer
}
