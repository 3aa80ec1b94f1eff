import type { KakaoTokens } from '../kakao/index.ts'

/** Kakao's tokens of one session, as they are sealed. Times are milliseconds since 1970. */
export interface KeptToken {
  readonly accessToken: string
  readonly expiresAt: number
  readonly refreshToken?: string
  readonly refreshTokenExpiresAt?: number
}

/** Kakao gives a new refresh token only in the last month of the old one: well within it. */
const RENEW_BEFORE_MS = 20 * 86_400_000
/** Where Kakao told no lifetime: within the last month of its two. */
const RENEW_AFTER_MS = 40 * 86_400_000

const LEAST_WAIT_MS = 3_600_000
const MOST_WAIT_MS = 86_400_000

/**
 * Takes from Kakao's answer what is worth keeping.
 *
 * @param old What it was renewed from: Kakao does not say once more when its refresh token ends.
 */
export function toKeptToken(tokens: KakaoTokens, old?: KeptToken): KeptToken {
  const { refreshToken } = tokens
  const isOld = refreshToken === old?.refreshToken
  const refreshTokenExpiresAt =
    tokens.refreshTokenExpiresAt?.getTime() ?? (isOld ? old?.refreshTokenExpiresAt : undefined)
  return {
    accessToken: tokens.accessToken,
    expiresAt: tokens.expiresAt.getTime(),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(refreshTokenExpiresAt !== undefined && { refreshTokenExpiresAt }),
  }
}

/**
 * When to renew it, so that the link stays usable; `null`: there is nothing to renew it with. Where
 * Kakao gave no new refresh token although the old one is in its last weeks, that is not at once.
 */
export function toRenewAt(token: KeptToken, now: Date): Date | null {
  if (token.refreshToken === undefined) return null
  const { refreshTokenExpiresAt: end } = token
  if (end === undefined) return new Date(now.getTime() + RENEW_AFTER_MS)
  const halfOfRestMs = (end - now.getTime()) / 2
  const waitMs = Math.min(Math.max(halfOfRestMs, LEAST_WAIT_MS), MOST_WAIT_MS)
  return new Date(Math.max(end - RENEW_BEFORE_MS, now.getTime() + waitMs))
}
