import type { Db } from '../../db/index.ts'
import { type DerivedSession, hashSecret } from '../../sessions/index.ts'
import { findOneTimeCode, type OneTimeCodes } from '../../tokens/index.ts'
import { BROWSER_REPEAT_MS, type LoginGrant } from './grant.ts'

export interface CodeGrantRequest {
  readonly session: DerivedSession
  readonly device: string
  /** The app's own URL that the code is handed to. */
  readonly redirectUri: string
  /** PKCE S256. */
  readonly codeChallenge: string
}

/** A one-time code that the app exchanges for tokens; there is no session before. */
export function createCodeGrant(
  { db, oneTimeCodes }: { db: Db; oneTimeCodes: OneTimeCodes },
  { session, device, redirectUri, codeChallenge }: CodeGrantRequest,
): LoginGrant<{ readonly code: string }> {
  const given = { code: session.secret }
  return {
    repeatMs: BROWSER_REPEAT_MS,

    async give(unit, { user, kakaoId, isNewUser, sealedKakaoTokens = null }) {
      const person = { userId: user.id, kakaoId, isNewUser, sealedKakaoTokens }
      const grant = { ...person, redirectUri, codeChallenge, device }
      await oneTimeCodes.issue(unit.db, given.code, grant)
      return given
    },

    /** Used up or not, the code is the same: the exchange decides what it is still good for. */
    async findGiven() {
      const code = await findOneTimeCode(db, hashSecret(given.code))
      return code && { userId: code.userId, given }
    },
  }
}
