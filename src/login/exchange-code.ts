import type { KeptTokens } from '../kept-tokens/index.ts'
import type { UserLimit } from '../limits/index.ts'
import { randomSession } from '../sessions/index.ts'
import type { CodeExchange, IssuedRefreshToken, OneTimeCodes, TokenSets } from '../tokens/index.ts'
import { findKakaoIdOf, findUser } from '../users/index.ts'
import type { FinishedLogin } from './finish-login.ts'

export interface ExchangeCodeDeps {
  readonly oneTimeCodes: OneTimeCodes
  readonly tokenSets: TokenSets
  readonly keptTokens: KeptTokens
  readonly limits: UserLimit
  readonly randomBytes: (size: number) => Uint8Array
}

/**
 * Exchanges a one-time code: the session that its login led to begins.
 *
 * @returns `undefined` when the code is not good, or not any more.
 * @throws {ProblemError} `rate_limited`; the code stays good.
 */
export async function exchangeOneTimeCode(
  { oneTimeCodes, tokenSets, keptTokens, limits, randomBytes }: ExchangeCodeDeps,
  exchange: CodeExchange,
): Promise<FinishedLogin<IssuedRefreshToken> | undefined> {
  return await oneTimeCodes.exchange(exchange, async (unit, code) => {
    // Thrown, it takes the code's use back.
    limits.countUser(code.userId)
    const { userId, device, isNewUser, sealedKakaoTokens } = code
    const user = await findUser(unit.db, userId)
    const kakaoId = await findKakaoIdOf(unit.db, code)
    if (user === undefined || kakaoId === undefined) return undefined

    const session = randomSession(randomBytes)
    const begun = { ...session, userId, kakaoId, device, method: 'code' } as const
    const given = await tokenSets.begin(unit, begun)
    await keptTokens.keep(unit.db, session.id, sealedKakaoTokens ?? undefined)
    return { user, socialId: `kakao_${kakaoId}`, isNewUser, given }
  })
}
