import {
  CachedKeys,
  type Claims,
  type DecodedJws,
  decodeJws,
  JoseError,
  verifyJws,
} from '../jose/index.ts'
import { KeysUnavailableError, TokenInvalidError } from './errors.ts'
import { fetchKeys } from './fetch-keys.ts'

export interface VerifierOptions {
  /** Where Daemun is: its `PUBLIC_URL`. */
  readonly issuer: string
  /** What tokens are meant for: Daemun's `TOKEN_AUDIENCE`. Default: the issuer. */
  readonly audience?: string
  /** How far the issuer's clock and ours may be apart. Default 60. */
  readonly clockSkewSeconds?: number
  /** Deadline for fetching the keys. Default 5000. */
  readonly timeoutMs?: number
  /** How the keys are fetched. Default: the global `fetch`. */
  readonly fetch?: typeof fetch
  /** What time it is. */
  readonly now?: () => Date
}

/** What a good access token says (RFC 9068, section 2.2). */
export interface AccessTokenClaims {
  readonly iss: string
  readonly aud: string | readonly string[]
  /** The user's id. */
  readonly sub: string
  /** The session's id. */
  readonly sid: string
  /** `daemun` */
  readonly client_id: string
  /** Seconds since 1970, as the other times. */
  readonly iat: number
  readonly exp: number
  readonly jti: string
  /** When the user signed in; a refresh does not move it. */
  readonly auth_time: number
}

/** Checks access tokens of one issuer, without asking it each time. */
export interface Verifier {
  /**
   * Checks an access token. One whose session has ended since is good until it expires.
   *
   * @param token As it came, without `Bearer`.
   * @throws {TokenInvalidError} It must not be trusted; `code` says why.
   * @throws {KeysUnavailableError} The issuer's keys could not be had.
   * @see [RFC 9068, section 4](https://www.rfc-editor.org/rfc/rfc9068.html#section-4)
   */
  verify(token: string): Promise<AccessTokenClaims>
}

/** While the issuer is away and no keys are at hand, it is not asked at each request. */
const COLD_COOL_DOWN_MS = 1000
/** How long the published set says that it may be kept (`max-age=300`). */
const FRESH_MS = 300 * 1000

/** Creates a verifier. The keys are fetched at the first token and kept. */
export function createVerifier(options: VerifierOptions): Verifier {
  const { now = () => new Date(), fetch = globalThis.fetch, timeoutMs = 5000 } = options
  // Tokens name it without a slash at its end.
  const issuer = options.issuer.replace(/\/$/, '')
  const url = `${issuer}/.well-known/jwks.json`
  const keys = new CachedKeys({
    fetchKeys: () => fetchKeys({ url, fetch, timeoutMs }),
    now,
    freshMs: FRESH_MS,
    coldCoolDownMs: COLD_COOL_DOWN_MS,
    // The old keys go on serving; who needs a new one will see the failure.
    onError: () => {},
    toCoolDownError: () => new KeysUnavailableError(),
  })

  return {
    async verify(token) {
      const jws = await checkSignature(token, keys)
      checkClaims(jws, { ...options, issuer, now })
      return jws.claims as unknown as AccessTokenClaims
    },
  }
}

async function checkSignature(token: string, keys: CachedKeys): Promise<DecodedJws> {
  try {
    // Told apart first: no other kind of token is worth a search for its key.
    if (!/^(application\/)?at\+jwt$/i.test(decodeJws(token).header.typ ?? '')) {
      throw new TokenInvalidError('type_mismatch')
    }
    return await verifyJws(token, (kid) => keys.find(kid))
  } catch (error) {
    if (!(error instanceof JoseError)) throw error
    throw new TokenInvalidError(error.code === 'key_unusable' ? 'key_unknown' : error.code)
  }
}

function checkClaims(
  { claims }: DecodedJws,
  options: VerifierOptions & { readonly now: () => Date },
): void {
  const { issuer, audience = issuer, clockSkewSeconds = 60, now } = options
  const seconds = now().getTime() / 1000
  const { iss, aud, exp, iat } = claims

  if (iss !== issuer) throw new TokenInvalidError('issuer_mismatch')
  if (!toList(aud).includes(audience)) throw new TokenInvalidError('audience_mismatch')
  if (!hasAllClaims(claims) || typeof exp !== 'number' || typeof iat !== 'number') {
    throw new TokenInvalidError('malformed')
  }
  if (exp + clockSkewSeconds <= seconds) throw new TokenInvalidError('expired')
  if (iat - clockSkewSeconds > seconds) throw new TokenInvalidError('issued_in_future')
}

function hasAllClaims({ sub, sid, client_id, jti, auth_time }: Claims): boolean {
  const areTexts = [sub, sid, client_id, jti].every((claim) => typeof claim === 'string')
  return areTexts && typeof auth_time === 'number'
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}
