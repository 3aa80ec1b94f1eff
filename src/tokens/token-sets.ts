import type { Db } from '../db/index.ts'
import type { Circumstances, SignInMethod, UnitOfWork } from '../events/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import { findSession, type Session, type Sessions } from '../sessions/index.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { IssuedRefreshToken } from './issue-refresh-token.ts'
import type { RefreshTokens } from './refresh-tokens.ts'

export interface TokenSetsDeps {
  readonly db: Db
  readonly sessions: Sessions
  readonly accessTokens: AccessTokens
  readonly refreshTokens: RefreshTokens
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

/** What an app gets at a sign-in and at each refresh. */
export interface TokenSet {
  readonly session: Session
  readonly accessToken: string
  readonly expiresInSeconds: number
  readonly refreshToken: string
  readonly refreshTokenExpiresInSeconds: number
}

export interface NewTokenSession {
  readonly id: string
  readonly userId: string
  readonly kakaoId: string | null
  readonly device: string
  readonly method: SignInMethod
  /** 256 random bits; the first refresh token follows from them. */
  readonly secret: string
}

/** Sessions of apps: an access token to show, a refresh token to go on with. */
export interface TokenSets {
  /** Begins a session with its first refresh token, within the transaction of the sign-in. */
  begin(unit: UnitOfWork, session: NewTokenSession): Promise<IssuedRefreshToken>
  /** Completes what was begun, after its transaction. The same beginning gives the same tokens. */
  complete(begun: IssuedRefreshToken): Promise<TokenSet>
  /** Finds what `begin` gave, while the session lives and nothing was refreshed. */
  findBegun(session: { id: string; secret: string }): Promise<IssuedRefreshToken | undefined>
  /** @returns `undefined` when the refresh token is not good, or not any more. */
  refresh(refreshToken: string, circumstances: Circumstances): Promise<TokenSet | undefined>
  /** Ends the session of an access or refresh token; one that is unknown ends nothing. */
  revoke(token: string, circumstances: Circumstances): Promise<void>
}

export function createTokenSets(deps: TokenSetsDeps): TokenSets {
  const { db, sessions, accessTokens, refreshTokens, now, randomBytes } = deps

  async function toTokenSet(refresh: IssuedRefreshToken, issuedAt: Date): Promise<TokenSet> {
    const access = await accessTokens.issue(refresh.session, refresh.token, issuedAt)
    return {
      session: refresh.session,
      accessToken: access.token,
      expiresInSeconds: access.expiresInSeconds,
      refreshToken: refresh.token,
      refreshTokenExpiresInSeconds: refresh.expiresInSeconds,
    }
  }

  async function findLive(id: string): Promise<Session | undefined> {
    return (await findSession(db, { column: 'id', value: id }, now()))?.session
  }

  return {
    async begin(unit, { secret, ...begun }) {
      const token = encodeBase64url(randomBytes(32))
      const session = await sessions.begin(unit, { ...begun, kind: 'token', token })
      return await refreshTokens.issue(unit.db, session, secret)
    },

    complete: async (begun) => await toTokenSet(begun, begun.session.createdAt),

    async findBegun({ id, secret }) {
      const session = await findLive(id)
      return session && (await refreshTokens.findFirst(session, secret))
    },

    async refresh(refreshToken, circumstances) {
      const issued = await refreshTokens.rotate(refreshToken, circumstances)
      return issued && (await toTokenSet(issued, now()))
    },

    async revoke(token, circumstances) {
      const id =
        (await refreshTokens.findSessionId(token)) ?? (await accessTokens.findSessionId(token))
      const session = id === undefined ? undefined : await findLive(id)
      if (session === undefined) return
      await sessions.end(session, { reason: 'revoked', circumstances })
    },
  }
}
