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

    async give(db, { user }) {
      if (previousToken !== undefined) await sessions.endByCookie(db, previousToken)
      const { id, secret: token } = session
      await sessions.begin(db, { id, userId: user.id, kind: 'cookie', token, device })
      return given
    },

    async findGiven() {
      const signedIn = await sessions.findByCookie(session.secret)
      return signedIn && { userId: signedIn.user.id, given }
    },
  }
}
