import { KeysUnavailableError, TokenInvalidError } from './errors.ts'
import type { AccessTokenClaims, Verifier } from './verifier.ts'

/** What a request without a good access token is answered (RFC 6750, section 3). */
export interface Refusal {
  readonly status: 401 | 503
  readonly headers: Readonly<Record<string, string>>
  readonly body: { readonly error: 'invalid_token' | 'temporarily_unavailable' | 'unauthorized' }
}

export type BearerResult = { readonly claims: AccessTokenClaims } | { readonly refusal: Refusal }

const RETRY_AFTER_SECONDS = '5'

/** Checks the `Authorization` header of a request. */
export async function checkBearer(
  verifier: Verifier,
  header: string | undefined,
): Promise<BearerResult> {
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header ?? '')?.[1]
  if (token === undefined) return { refusal: refuse('unauthorized', 'Bearer') }
  try {
    return { claims: await verifier.verify(token) }
  } catch (error) {
    return { refusal: toRefusal(error) }
  }
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof TokenInvalidError) {
    return refuse('invalid_token', 'Bearer error="invalid_token"')
  }
  if (!(error instanceof KeysUnavailableError)) throw error
  return {
    status: 503,
    headers: { 'retry-after': RETRY_AFTER_SECONDS },
    body: { error: 'temporarily_unavailable' },
  }
}

function refuse(error: 'invalid_token' | 'unauthorized', challenge: string): Refusal {
  return { status: 401, headers: { 'www-authenticate': challenge }, body: { error } }
}
