import type { Config } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import type { CallOptions, KakaoClient } from '../kakao/index.ts'
import type { KeptToken } from '../kept-tokens/index.ts'
import type { Session } from '../sessions/index.ts'
import { findKakaoIdOf, noteEndedByUs } from '../users/index.ts'

export interface EndAtKakaoDeps {
  readonly db: Db
  readonly kakao: KakaoClient
  readonly config: Pick<Config, 'kakao'>
  readonly now: () => Date
  /** Told what could not be ended at Kakao; here it has ended all the same. */
  readonly onError: (error: unknown) => void
}

/**
 * Ends Kakao's tokens of sessions that are over here: those that were kept with them; where some
 * have none, by the admin key all that the person has, on every device.
 */
export async function endAtKakao(
  deps: EndAtKakaoDeps,
  { sessions, kept }: { sessions: readonly Session[]; kept: readonly KeptToken[] },
): Promise<void> {
  const { db, kakao, config, now, onError } = deps
  const call = { signal: AbortSignal.timeout(config.kakao.timeoutMs) }
  const kakaoIds = await listKakaoIds(db, sessions)
  // Kakao tells us of it too, which is then no news.
  for (const kakaoId of kakaoIds) await noteEndedByUs(db, kakaoId, now())
  const [adminKey] = config.kakao.adminKeys
  const isCovered = kept.length >= sessions.length
  if (!isCovered && adminKey === undefined) {
    onError(new Error('KAKAO_ADMIN_KEY is not set: what was not kept has not ended at Kakao'))
  }
  const endings =
    isCovered || adminKey === undefined
      ? kept.map((token) => endKeptToken(deps, token, call))
      : kakaoIds.map((kakaoId) => kakao.asAdmin(adminKey).user(kakaoId).logout(call))
  for (const ending of await Promise.allSettled(endings)) {
    if (ending.status === 'rejected') onError(ending.reason)
  }
}

async function listKakaoIds(db: Db, sessions: readonly Session[]): Promise<string[]> {
  const ids = await Promise.all(sessions.map((session) => findKakaoIdOf(db, session)))
  return [...new Set(ids.filter((id) => id !== undefined))]
}

/** Only a live access token can be logged out; an old one is exchanged for that purpose. */
async function endKeptToken(
  { kakao, now }: EndAtKakaoDeps,
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
