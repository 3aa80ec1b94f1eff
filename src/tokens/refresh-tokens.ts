import type { Db } from '../db/index.ts'
import type { Circumstances, Transact } from '../events/index.ts'
import type { UserLimit } from '../limits/index.ts'
import { hashSecret, lockSession, type Session } from '../sessions/index.ts'
import { type IssuedRefreshToken, issueRefreshToken, toIssued } from './issue-refresh-token.ts'
import { findRefreshToken, type StoredRefreshToken } from './refresh-token-store.ts'
import { listRefreshTokens, readRefreshToken, writeRefreshToken } from './refresh-token-text.ts'
import { type RotateDeps, rotateRefreshToken } from './rotate-refresh-token.ts'

export interface RefreshTokensDeps extends RotateDeps {
  readonly db: Db
  readonly transact: Transact
  readonly limits: UserLimit
}

/** Refresh tokens that change at each use, with a short grace for an answer that was lost. */
export interface RefreshTokens {
  /** Issues a session's first token, within the transaction of the sign-in. */
  issue(db: Db, session: Session, secret: string): Promise<IssuedRefreshToken>
  /** Finds the first token of a session again, while it has not been used. */
  findFirst(session: Session, secret: string): Promise<IssuedRefreshToken | undefined>
  /**
   * Exchanges a token for its successor. One used before answers with the same successor as long as
   * the grace lasts; after that its whole family dies and the session with it.
   *
   * @returns `undefined` when the token is not good any more, or never was.
   * @throws {ProblemError} `rate_limited`; the token stays as it was.
   */
  rotate(token: string, circumstances: Circumstances): Promise<IssuedRefreshToken | undefined>
  /** @returns The session that a token of ours belongs to, whether or not it is still good. */
  findSessionId(token: string): Promise<string | undefined>
}

export function createRefreshTokens(deps: RefreshTokensDeps): RefreshTokens {
  const { db, transact, limits, seal, now } = deps

  /** The store knows best. What it holds no more, but we sealed, is an old token of its session. */
  function toSessionId(token: string, stored: StoredRefreshToken | undefined): string | undefined {
    return stored?.sessionId ?? readRefreshToken(token, seal)?.sessionId
  }

  return {
    async issue(transaction, session, secret) {
      const token = writeRefreshToken({ sessionId: session.id, secret }, seal)
      return await issueRefreshToken(deps, transaction, { session, token })
    },

    async findFirst(session, secret) {
      for (const token of listRefreshTokens({ sessionId: session.id, secret }, seal)) {
        const stored = await findRefreshToken(db, hashSecret(token))
        // To the letter what was answered first, the seconds included.
        if (stored?.rotatedAt === null) {
          return toIssued({ session, token }, { ...stored, at: stored.issuedAt })
        }
      }
      return undefined
    },

    async rotate(token, circumstances) {
      const stored = await findRefreshToken(db, hashSecret(token))
      const sessionId = toSessionId(token, stored)
      if (sessionId === undefined || isExpired(stored, now())) return undefined
      return await transact(circumstances, async (unit) => {
        const session = await lockSession(unit.db, sessionId, unit.at)
        if (session === undefined) return undefined
        limits.countUser(session.userId)
        return await rotateRefreshToken(deps, unit, { session, token })
      })
    },

    findSessionId: async (token) =>
      toSessionId(token, await findRefreshToken(db, hashSecret(token))),
  }
}

function isExpired(stored: StoredRefreshToken | undefined, now: Date): boolean {
  return stored?.rotatedAt === null && stored.expiresAt <= now
}
