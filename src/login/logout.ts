import type { Circumstances } from '../events/index.ts'
import type { KeptTokens } from '../kept-tokens/index.ts'
import type { Session, Sessions } from '../sessions/index.ts'
import { type EndAtKakaoDeps, endAtKakao } from './end-at-kakao.ts'

export interface LogoutDeps extends EndAtKakaoDeps {
  readonly sessions: Sessions
  readonly keptTokens: KeptTokens
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
  if (endKakaoTokens) await endAtKakao(deps, { sessions: leaving, kept }).catch(onError)
  return ended
}
