import type { Config } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import type { Circumstances } from '../events/index.ts'
import type { CallOptions, KakaoClient } from '../kakao/index.ts'
import type { KeptToken, KeptTokens } from '../kept-tokens/index.ts'
import type { Session, Sessions } from '../sessions/index.ts'
import { findKakaoId } from '../users/index.ts'

export interface LogoutDeps {
  readonly db: Db
  readonly kakao: KakaoClient
  readonly config: Pick<Config, 'kakao'>
  readonly sessions: Sessions
  readonly keptTokens: KeptTokens
  readonly now: () => Date
  /** Told what could not be ended at Kakao; here it has ended all the same. */
  readonly onError: (error: unknown) => void
}

export interface LogoutRequest {
  readonly session: Session
  readonly everywhere: boolean
  /** Whether Kakao's tokens are to end as well. */
  readonly endKakaoTokens: boolean
  readonly circumstances: Circumstances
}

/**
 * Ends a session, or all of a user's, and where asked Kakao's tokens. Ours ends first, whatever
 * Kakao answers.
 *
 * @returns How many sessions of ours ended.
 */
export async function logout(deps: LogoutDeps, request: LogoutRequest): Promise<number> {
  const { sessions, keptTokens, onError } = deps
  const { session, everywhere, endKakaoTokens, circumstances } = request
  const leaving = everywhere ? await sessions.list(session.userId) : [session]
  // They go with their sessions, so they are read before.
  const kept = endKakaoTokens ? await keptTokens.list(leaving.map(({ id }) => id)) : []

  const ending = { reason: 'logout', circumstances } as const
  const ended = everywhere
    ? await sessions.endAll(session.userId, ending)
    : await sessions.end(session, ending)
  if (endKakaoTokens) await endTokensAtKakao(deps, session.userId, kept).catch(onError)
  return ended
}

async function endTokensAtKakao(
  deps: LogoutDeps,
  userId: string,
  kept: readonly KeptToken[],
): Promise<void> {
  const { db, kakao, config } = deps
  const call = { signal: AbortSignal.timeout(config.kakao.timeoutMs) }
  if (kept.length > 0) {
    await Promise.all(kept.map((token) => endKeptToken(deps, token, call)))
    return
  }

  const [adminKey] = config.kakao.adminKeys
  const kakaoId = await findKakaoId(db, userId)
  if (adminKey === undefined || kakaoId === undefined) {
    throw new Error('KAKAO_ADMIN_KEY is not set and no token was kept: nothing ended at Kakao')
  }
  await kakao.asAdmin(adminKey).user(kakaoId).logout(call)
}

/** Only a live access token can be logged out; an old one is exchanged for that purpose. */
async function endKeptToken(
  { kakao, now }: LogoutDeps,
  { accessToken, expiresAt, refreshToken }: KeptToken,
  call: CallOptions,
): Promise<void> {
  const isLive = expiresAt > now().getTime()
  if (!isLive && refreshToken === undefined) return
  const token =
    isLive || refreshToken === undefined
      ? accessToken
      : (await kakao.refreshTokens(refreshToken, call)).accessToken
  await kakao.asUser(token).logout(call)
}
