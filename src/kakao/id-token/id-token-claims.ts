import type { Claims } from '../../jose/index.ts'
import { omitUndefined, readId, readText } from '../call/fields.ts'
import { equalInConstantTime } from '../constant-time.ts'
import { IdTokenError } from '../errors.ts'
import { findPicture } from '../user/picture-url.ts'
import type { KakaoIdToken, KakaoTokenInfo } from './id-token-types.ts'

/** How far Kakao's clock and ours may be apart. */
const SKEW_SECONDS = 60

interface Expectation {
  readonly issuer: string
  readonly audiences: readonly string[]
  readonly nonce: string | undefined
  readonly now: Date
}

/**
 * Judges the claims of an ID token whose signature is good.
 *
 * @throws {IdTokenError}
 * @see [OpenID Connect Core, 3.1.3.7](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation)
 */
export function readIdTokenClaims(claims: Claims, expected: Expectation): KakaoIdToken {
  if (claims.iss !== expected.issuer) throw new IdTokenError('issuer_mismatch')
  if (!isForUs(claims, expected.audiences)) throw new IdTokenError('audience_mismatch')
  const { issuedAt, expiresAt } = checkTimes(claims, expected.now)
  checkNonce(claims, expected.nonce)

  const subject = findSubject(claims)
  if (subject === undefined) throw new IdTokenError('subject_missing')
  return { subject, issuedAt, expiresAt, ...readOptionalClaims(claims) }
}

/** Reads claims that Kakao itself sent, and judges none of them. */
export function findIdTokenClaims(claims: Claims): KakaoTokenInfo | undefined {
  const subject = findSubject(claims)
  const issuer = readText(claims.iss)
  const audience = readText(claims.aud)
  const issuedAt = findInstant(claims.iat)
  const expiresAt = findInstant(claims.exp)
  if (!(subject && issuer && audience && issuedAt && expiresAt)) return undefined
  return { issuer, audience, subject, issuedAt, expiresAt, ...readOptionalClaims(claims) }
}

function findSubject({ sub }: Claims): string | undefined {
  return typeof sub === 'string' ? readId(sub) : undefined
}

/** Another audience beside ours is accepted only where the token was issued to us all the same. */
function isForUs({ aud, azp }: Claims, ours: readonly string[]): boolean {
  const isOurs = (value: unknown) => typeof value === 'string' && ours.includes(value)
  if (azp !== undefined && !isOurs(azp)) return false
  if (!Array.isArray(aud)) return isOurs(aud)
  return aud.some(isOurs) && (aud.every(isOurs) || azp !== undefined)
}

function checkTimes({ iat, exp }: Claims, now: Date): { issuedAt: Date; expiresAt: Date } {
  const issuedAt = findInstant(iat)
  const expiresAt = findInstant(exp)
  if (issuedAt === undefined || expiresAt === undefined) throw new IdTokenError('malformed')

  const skewMs = SKEW_SECONDS * 1000
  if (now.getTime() >= expiresAt.getTime() + skewMs) throw new IdTokenError('expired')
  if (now.getTime() < issuedAt.getTime() - skewMs) throw new IdTokenError('issued_in_future')
  return { issuedAt, expiresAt }
}

function checkNonce({ nonce }: Claims, expected: string | undefined): void {
  if (expected === undefined) return
  if (typeof nonce !== 'string' || !equalInConstantTime(nonce, expected)) {
    throw new IdTokenError('nonce_mismatch')
  }
}

/** Of the wrong type or empty, these are as good as absent: none of them decides who it is. */
function readOptionalClaims(claims: Claims): Partial<KakaoIdToken> {
  return omitUndefined({
    authTime: findInstant(claims.auth_time),
    nonce: readText(claims.nonce),
    nickname: readText(claims.nickname),
    picture: findPicture(claims.picture),
    // Kakao sends no such claim; another issuer that says "not verified" is taken at its word.
    email: (claims.email_verified ?? true) === true ? readText(claims.email) : undefined,
  })
}

function findInstant(seconds: unknown): Date | undefined {
  if (typeof seconds !== 'number') return undefined
  const instant = new Date(seconds * 1000)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}
