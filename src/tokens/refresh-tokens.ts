import type { Db } from '../db/index.ts'
import type { Circumstances, Transact, UnitOfWork } from '../events/index.ts'
import type { Deriver } from '../jose/derive.ts'
import {
  endSession,
  hashSecret,
  lockSession,
  type Session,
  type Sessions,
  tellEnded,
  touchSession,
} from '../sessions/index.ts'
import {
  findRefreshToken,
  forgetRotated,
  insertRefreshToken,
  markRotated,
  type StoredRefreshToken,
} from './refresh-token-store.ts'
import { listRefreshTokens, readRefreshToken, writeRefreshToken } from './refresh-token-text.ts'

export interface RefreshTokensDeps {
  readonly db: Db
  readonly transact: Transact
  readonly sessions: Sessions
  readonly graceMs: number
  /** Seals tokens, so that ours are known even when forgotten. */
  readonly seal: Deriver
  /** Makes a token's successor out of it. */
  readonly successor: Deriver
  readonly now: () => Date
}

export interface IssuedRefreshToken {
  readonly token: string
  readonly session: Session
  readonly expiresInSeconds: number
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
   * @see [RFC 9700, 4.14](https://www.rfc-editor.org/rfc/rfc9700.html#section-4.14)
   */
  rotate(token: string, circumstances: Circumstances): Promise<IssuedRefreshToken | undefined>
  /** @returns The session that a token of ours belongs to, whether or not it is still good. */
  findSessionId(token: string): Promise<string | undefined>
}

/** However late the successor is first used, a lost answer is not asked for later than this. */
const LONGEST_GRACE_MS = 60_000

export function createRefreshTokens(deps: RefreshTokensDeps): RefreshTokens {
  const { db, transact, sessions, seal, successor, now, graceMs } = deps

  function toIssued(
    session: Session,
    token: string,
    { expiresAt, at = now() }: { expiresAt: Date; at?: Date },
  ): IssuedRefreshToken {
    const milliseconds = expiresAt.getTime() - at.getTime()
    return { token, session, expiresInSeconds: Math.max(0, Math.floor(milliseconds / 1000)) }
  }

  async function insert(
    transaction: Db,
    session: Session,
    token: string,
  ): Promise<IssuedRefreshToken> {
    const issuedAt = now()
    const expiresAt = sessions.expiryAt(issuedAt, session)
    await insertRefreshToken(transaction, {
      hash: hashSecret(token),
      sessionId: session.id,
      issuedAt,
      expiresAt,
    })
    return toIssued(session, token, { expiresAt, at: issuedAt })
  }

  async function rotateFresh(
    transaction: Db,
    session: Session,
    token: string,
  ): Promise<IssuedRefreshToken> {
    const at = now()
    const secret = successor.derive(token)
    const next = writeRefreshToken({ sessionId: session.id, secret }, seal)
    await markRotated(transaction, hashSecret(token), { at, successorHash: hashSecret(next) })
    await forgetRotated(transaction, session.id, new Date(at.getTime() - LONGEST_GRACE_MS))
    const issued = await insert(transaction, session, next)
    const expiresAt = sessions.expiryAt(at, session)
    await touchSession(transaction, { id: session.id, lastSeenAt: at, expiresAt })
    return issued
  }

  /** The successor's text again: made anew, since the store holds its hash only. */
  function findText(token: string, { sessionId, hash }: StoredRefreshToken): string | undefined {
    return successor
      .deriveAll(token)
      .flatMap((secret) => listRefreshTokens({ sessionId, secret }, seal))
      .find((text) => hashSecret(text) === hash)
  }

  function isInGrace(stored: StoredRefreshToken, next: StoredRefreshToken): boolean {
    const at = now().getTime()
    const isLate = (since: Date | null, ms: number) => since !== null && at > since.getTime() + ms
    return !isLate(stored.rotatedAt, LONGEST_GRACE_MS) && !isLate(next.rotatedAt, graceMs)
  }

  async function rotateLocked(
    unit: UnitOfWork,
    session: Session,
    token: string,
  ): Promise<IssuedRefreshToken | undefined> {
    const stored = await findRefreshToken(unit.db, hashSecret(token))
    if (stored?.rotatedAt === null) return await rotateFresh(unit.db, session, token)

    const next = stored && (await findRefreshToken(unit.db, stored.successorHash ?? ''))
    if (stored === undefined || next === undefined || !isInGrace(stored, next)) {
      tellEnded(unit, await endSession(unit.db, session), 'reuse')
      return undefined
    }
    const text = findText(token, next)
    return text === undefined ? undefined : toIssued(session, text, next)
  }

  /** The store knows best. What it holds no more, but we sealed, is an old token of its session. */
  function toSessionId(token: string, stored: StoredRefreshToken | undefined): string | undefined {
    return stored?.sessionId ?? readRefreshToken(token, seal)?.sessionId
  }

  return {
    issue: async (transaction, session, secret) =>
      await insert(
        transaction,
        session,
        writeRefreshToken({ sessionId: session.id, secret }, seal),
      ),

    async findFirst(session, secret) {
      for (const token of listRefreshTokens({ sessionId: session.id, secret }, seal)) {
        const stored = await findRefreshToken(db, hashSecret(token))
        // To the letter what was answered first, the seconds included.
        if (stored?.rotatedAt === null) {
          return toIssued(session, token, { ...stored, at: stored.issuedAt })
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
        return session && (await rotateLocked(unit, session, token))
      })
    },

    findSessionId: async (token) =>
      toSessionId(token, await findRefreshToken(db, hashSecret(token))),
  }
}

function isExpired(stored: StoredRefreshToken | undefined, now: Date): boolean {
  return stored?.rotatedAt === null && stored.expiresAt <= now
}
