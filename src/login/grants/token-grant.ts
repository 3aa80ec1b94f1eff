import type { KeptTokens } from '../../kept-tokens/index.ts'
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
  { tokenSets, keptTokens }: { tokenSets: TokenSets; keptTokens: KeptTokens },
  { session, device, repeatMs }: TokenGrantRequest,
): LoginGrant<IssuedRefreshToken> {
  return {
    repeatMs,

    async give(unit, { user, kakaoId, sealedKakaoTokens }) {
      const begun = { ...session, userId: user.id, kakaoId, device, method: 'relay' } as const
      const given = await tokenSets.begin(unit, begun)
      await keptTokens.keep(unit.db, session.id, sealedKakaoTokens)
      return given
    },

    async findGiven() {
      const given = await tokenSets.findBegun(session)
      return given && { userId: given.session.userId, given }
    },
  }
}
