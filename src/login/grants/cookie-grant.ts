import type { DerivedSession, Sessions } from '../../sessions/index.ts'
import { BROWSER_REPEAT_MS, type LoginGrant } from './grant.ts'

export interface CookieGrantRequest {
  readonly session: DerivedSession
  readonly device: string
  /** The session token that the browser brought along; its session ends. */
  readonly previousToken: string | undefined
}

/** A session whose token goes into the browser's cookie. */
export function createCookieGrant(
  sessions: Sessions,
  { session, device, previousToken }: CookieGrantRequest,
): LoginGrant<{ readonly sessionToken: string }> {
  const given = { sessionToken: session.secret }
  return {
    repeatMs: BROWSER_REPEAT_MS,
    sessionId: session.id,

    async give(unit, { user, kakaoId }) {
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
      return given
    },

    async findGiven() {
      const signedIn = await sessions.findByCookie(session.secret)
      return signedIn && { userId: signedIn.user.id, given }
    },
  }
}
