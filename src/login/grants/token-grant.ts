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
    give: async (unit, { user, kakaoId }) =>
      await tokenSets.begin(unit, {
        ...session,
        userId: user.id,
        kakaoId,
        device,
        method: 'relay',
      }),

    async findGiven() {
      const given = await tokenSets.findBegun(session)
      return given && { userId: given.session.userId, given }
    },
  }
}
