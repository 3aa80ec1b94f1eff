import { type DecodedJws, JoseError, verifyJws } from '../../jose/index.ts'
import type { CallOptions } from '../client-types.ts'
import type { KakaoContext } from '../context.ts'
import { IdTokenError } from '../errors.ts'
import { readIdTokenClaims } from './id-token-claims.ts'
import type { KakaoIdToken, KakaoIdTokenExpectation } from './id-token-types.ts'
import type { KakaoKeySet } from './key-set-types.ts'

/** Other tokens that Kakao, or we, sign; the header's type tells them from ID tokens (RFC 8725, 3.11). */
const OTHER_TYPES = /^(application\/)?(secevent|at|logout)\+jwt$/i

export async function verifyIdToken(
  context: KakaoContext,
  keys: KakaoKeySet,
  idToken: string,
  expected: KakaoIdTokenExpectation,
  call?: CallOptions,
): Promise<KakaoIdToken> {
  const { header, claims } = await verifySignature(context, keys, idToken, call)
  if (OTHER_TYPES.test(header.typ ?? '')) throw new IdTokenError('malformed')

  return readIdTokenClaims(claims, {
    issuer: context.kauthUrl,
    audiences: expected.audiences ?? [context.restApiKey],
    nonce: expected.nonce,
    now: context.now(),
  })
}

async function verifySignature(
  context: KakaoContext,
  keys: KakaoKeySet,
  idToken: string,
  call: CallOptions | undefined,
): Promise<DecodedJws> {
  try {
    return await verifyJws(idToken, (kid) => keys.findKey(kid, call), context.verifySignature)
  } catch (error) {
    if (!(error instanceof JoseError)) throw error
    throw new IdTokenError(error.code === 'key_unusable' ? 'key_unknown' : error.code)
  }
}
