import type { KeptTokens } from '../../kept-tokens/index.ts'
import { findSession, type Sessions } from '../../sessions/index.ts'
import type { AskingMember } from '../attempt.ts'
import { NotAdmittedError } from '../turn-away.ts'
import { BROWSER_REPEAT_MS, type LoginGrant } from './grant.ts'

export interface ConsentGrantDeps {
  readonly sessions: Sessions
  readonly keptTokens: KeptTokens
}

const GONE = { kind: 'user_gone' } as const

/** Nothing new: the member's session stays as it is, and has what was agreed to or tied. */
export function createConsentGrant(
  { sessions, keptTokens }: ConsentGrantDeps,
  { userId, sessionId, wants }: AskingMember,
): LoginGrant<undefined> {
  return {
    repeatMs: BROWSER_REPEAT_MS,

    async give(unit, { user, sealedKakaoTokens }) {
      const signedIn = await findSession(unit.db, { column: 'id', value: sessionId }, unit.at)
      // Whoever left or logged out meanwhile is not made a user, or signed in, by this.
      if (signedIn === undefined || user.id !== userId) throw new NotAdmittedError(GONE)
      // The session goes on: with what was agreed to, whichever instance is asked next.
      unit.invalidate(userId)
      // Those of another account do not belong to this session.
      if (wants === 'consent') await keptTokens.keep(unit.db, sessionId, sealedKakaoTokens)
      return undefined
    },

    async findGiven() {
      const signedIn = await sessions.findStored(sessionId)
      return signedIn && { userId, given: undefined }
    },
  }
}
