import { type DecodedJws, decodeJws, JoseError, verifyJws } from '../../jose/index.ts'
import type { CallOptions } from '../client-types.ts'
import type { KakaoContext } from '../context.ts'
import type { KakaoKeySet } from '../id-token/key-set-types.ts'
import { readAccountStatusClaims } from './account-status-claims.ts'
import type { KakaoAccountStatus, KakaoAccountStatusExpectation } from './account-status-types.ts'
import { AccountStatusWebhookError } from './webhook-errors.ts'

/** Other tokens that Kakao signs with the same keys must not pass for events (RFC 8725, 3.11). */
const EVENT_TOKEN = /^(application\/)?secevent\+jwt$/i

export async function verifyAccountStatusWebhook(
  { context, keys }: { readonly context: KakaoContext; readonly keys: KakaoKeySet },
  token: string,
  { audiences = [context.restApiKey] }: KakaoAccountStatusExpectation = {},
  call?: CallOptions,
): Promise<KakaoAccountStatus> {
  try {
    checkType(decodeJws(token))
    const { claims } = await verifyJws(
      token,
      (kid) => keys.findKey(kid, { ...call, isCertain: true }),
      context.verifySignature,
    )
    return readAccountStatusClaims(claims, {
      issuer: context.kauthUrl,
      audiences,
      now: context.now(),
    })
  } catch (error) {
    throw error instanceof JoseError ? toWebhookError(error) : error
  }
}

/** Told before any key is looked for: what is no event token is not worth a call. */
function checkType({ header }: DecodedJws): void {
  if (!EVENT_TOKEN.test(header.typ ?? '')) {
    throw new AccountStatusWebhookError('invalid_request', 'the token is no secevent+jwt')
  }
}

function toWebhookError({ code, message }: JoseError): AccountStatusWebhookError {
  const isRequest = code === 'malformed' || code === 'algorithm_not_allowed'
  return new AccountStatusWebhookError(isRequest ? 'invalid_request' : 'invalid_key', message)
}
