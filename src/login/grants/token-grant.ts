import type { DerivedSession } from '../../sessions/index.ts'
import type { IssuedRefreshToken, TokenSets } from '../../tokens/index.ts'
import type { LoginGrant } from './grant.ts'

export interface TokenGrantRequest {
  readonly session: DerivedSession
  readonly device: string
  readonly repeatMs: number
}

/** A session with tokens, for an app. */
export function createTokenGrant(
  tokenSets: TokenSets,
  { session, device, repeatMs }: TokenGrantRequest,
): LoginGrant<IssuedRefreshToken> {
  return {
    repeatMs,
    sessionId: session.id,
    give: async (db, { user }) =>
      await tokenSets.begin(db, { ...session, userId: user.id, device }),

    async findGiven() {
      const given = await tokenSets.findBegun(session)
      return given && { userId: given.session.userId, given }
    },
  }
}
