import type { Db } from '../db/index.ts'
import type { Circumstances, Transact, UnitOfWork } from '../events/index.ts'
import type { Deriver } from '../jose/derive.ts'
import {
  endSession,
  findSession,
  hashSecret,
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
import { readRefreshToken, writeRefreshToken } from './refresh-token-text.ts'

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
  findSessionId(token: string): string | undefined
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
  ): Promise<IssuedRefreshToken | undefined> {
    const next = successorOf(session.id, successor.derive(token))
    const rotation = { now: now(), successorHash: hashSecret(next) }
    if (!(await markRotated(transaction, hashSecret(token), rotation))) return undefined

    await forgetRotated(transaction, session.id, new Date(now().getTime() - LONGEST_GRACE_MS))
    const issued = await insert(transaction, session, next)
    const expiresAt = sessions.expiryAt(now(), session)
    await touchSession(transaction, { id: session.id, lastSeenAt: now(), expiresAt })
    return issued
  }

  function successorOf(sessionId: string, secret: string): string {
    return writeRefreshToken({ sessionId, secret }, seal)
  }

  /** The successor again, where the grace still lasts. */
  async function findSuccessor(
    transaction: Db,
    session: Session,
    { token, stored }: { token: string; stored: StoredRefreshToken },
  ): Promise<IssuedRefreshToken | undefined> {
    const next = await findRefreshToken(transaction, stored.successorHash ?? '')
    if (next === undefined || !isInGrace(stored, next)) return undefined
    const text = successor
      .deriveAll(token)
      .map((secret) => successorOf(session.id, secret))
      .find((candidate) => hashSecret(candidate) === next.hash)
    return text === undefined ? undefined : toIssued(session, text, next)
  }

  function isInGrace(stored: StoredRefreshToken, next: StoredRefreshToken): boolean {
    const at = now().getTime()
    const isLate = (since: Date | null, ms: number) => since !== null && at > since.getTime() + ms
    return !isLate(stored.rotatedAt, LONGEST_GRACE_MS) && !isLate(next.rotatedAt, graceMs)
  }

  async function rotateOnce(
    unit: UnitOfWork,
    session: Session,
    token: string,
  ): Promise<IssuedRefreshToken | undefined> {
    const { db: transaction } = unit
    const hash = hashSecret(token)
    const stored = await findRefreshToken(transaction, hash)
    if (stored?.rotatedAt === null) {
      if (stored.expiresAt <= now()) return undefined
      const rotated = await rotateFresh(transaction, session, token)
      if (rotated !== undefined) return rotated
    }
    // Used before, maybe this very moment by somebody else.
    const used = await findRefreshToken(transaction, hash)
    const issued = used && (await findSuccessor(transaction, session, { token, stored: used }))
    if (issued === undefined) tellEnded(unit, await endSession(transaction, session), 'reuse')
    return issued
  }

  const findSessionId = (token: string) => readRefreshToken(token, seal)?.sessionId

  return {
    issue: async (transaction, session, secret) =>
      await insert(transaction, session, successorOf(session.id, secret)),

    async findFirst(session, secret) {
      const token = successorOf(session.id, secret)
      const stored = await findRefreshToken(db, hashSecret(token))
      if (stored?.rotatedAt !== null) return undefined
      // To the letter what was answered first, the seconds included.
      return toIssued(session, token, { ...stored, at: stored.issuedAt })
    },

    async rotate(token, circumstances) {
      const value = findSessionId(token)
      if (value === undefined) return undefined
      return await transact(circumstances, async (unit) => {
        const signedIn = await findSession(unit.db, { column: 'id', value }, unit.at)
        return signedIn && (await rotateOnce(unit, signedIn.session, token))
      })
    },

    findSessionId,
  }
}
