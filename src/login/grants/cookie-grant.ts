import type { KeptTokens } from '../../kept-tokens/index.ts'
import type { DerivedSession, Sessions } from '../../sessions/index.ts'
import { BROWSER_REPEAT_MS, type LoginGrant } from './grant.ts'

export interface CookieGrantDeps {
  readonly sessions: Sessions
  readonly keptTokens: KeptTokens
}

export interface CookieGrantRequest {
  readonly session: DerivedSession
  readonly device: string
  /** The session token that the browser brought along; its session ends. */
  readonly previousToken: string | undefined
}

/** A session whose token goes into the browser's cookie. */
export function createCookieGrant(
  { sessions, keptTokens }: CookieGrantDeps,
  { session, device, previousToken }: CookieGrantRequest,
): LoginGrant<{ readonly sessionToken: string }> {
  const given = { sessionToken: session.secret }
  return {
    repeatMs: BROWSER_REPEAT_MS,

    async give(unit, { user, kakaoId, sealedKakaoTokens }) {
      if (previousToken !== undefined) await sessions.replace(unit, previousToken)
      await sessions.begin(unit, {
        id: session.id,
        userId: user.id,
        kakaoId,
        kind: 'cookie',
        method: 'web',
        token: session.secret,
        device,
      })
      await keptTokens.keep(unit.db, session.id, sealedKakaoTokens)
      return given
    },

    async findGiven() {
      const signedIn = await sessions.findStored(session.id)
      return signedIn && { userId: signedIn.user.id, given }
    },
  }
}
