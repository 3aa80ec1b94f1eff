import type { Db } from '../db/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import type { Deriver } from '../jose/derive.ts'
import { endSession, hashSecret, type Session, tellEnded, touchSession } from '../sessions/index.ts'
import {
  type IssueDeps,
  type IssuedRefreshToken,
  issueRefreshToken,
  toIssued,
} from './issue-refresh-token.ts'
import {
  findRefreshToken,
  forgetRotated,
  markRotated,
  type StoredRefreshToken,
} from './refresh-token-store.ts'
import { listRefreshTokens, writeRefreshToken } from './refresh-token-text.ts'

export interface RotateDeps extends IssueDeps {
  readonly graceMs: number
  /** Seals tokens, so that ours are known even when forgotten. */
  readonly seal: Deriver
  /** Makes a token's successor out of it. */
  readonly successor: Deriver
}

/** However late the successor is first used, a lost answer is not asked for later than this. */
const LONGEST_GRACE_MS = 60_000

/**
 * Exchanges a token of a session that nobody else is changing. A used one gets its successor again
 * while the grace lasts; later it ends the session.
 *
 * @see [RFC 9700, 4.14](https://www.rfc-editor.org/rfc/rfc9700.html#section-4.14)
 */
export async function rotateRefreshToken(
  deps: RotateDeps,
  unit: UnitOfWork,
  { session, token }: { session: Session; token: string },
): Promise<IssuedRefreshToken | undefined> {
  const stored = await findRefreshToken(unit.db, hashSecret(token))
  if (stored?.rotatedAt === null) return await rotateFresh(deps, unit.db, { session, token })

  const next = stored && (await findRefreshToken(unit.db, stored.successorHash ?? ''))
  if (stored === undefined || next === undefined || !isInGrace(deps, stored, next)) {
    tellEnded(unit, await endSession(unit.db, session), 'reuse')
    return undefined
  }
  const text = findText(deps, token, next)
  if (text === undefined) return undefined
  return toIssued({ session, token: text }, { expiresAt: next.expiresAt, at: deps.now() })
}

async function rotateFresh(
  deps: RotateDeps,
  db: Db,
  { session, token }: { session: Session; token: string },
): Promise<IssuedRefreshToken> {
  const { seal, successor, sessions, now } = deps
  const at = now()
  const next = writeRefreshToken({ sessionId: session.id, secret: successor.derive(token) }, seal)
  await markRotated(db, hashSecret(token), { at, successorHash: hashSecret(next) })
  await forgetRotated(db, session.id, new Date(at.getTime() - LONGEST_GRACE_MS))
  const expiresAt = sessions.expiryAt(at, session)
  await touchSession(db, { id: session.id, lastSeenAt: at, expiresAt })
  return await issueRefreshToken(deps, db, { session, token: next })
}

function isInGrace(
  { graceMs, now }: RotateDeps,
  stored: StoredRefreshToken,
  next: StoredRefreshToken,
): boolean {
  const at = now().getTime()
  const isLate = (since: Date | null, ms: number) => since !== null && at > since.getTime() + ms
  return !isLate(stored.rotatedAt, LONGEST_GRACE_MS) && !isLate(next.rotatedAt, graceMs)
}

/** The successor's text again: made anew, since the store holds its hash only. */
function findText(
  { seal, successor }: RotateDeps,
  token: string,
  { sessionId, hash }: StoredRefreshToken,
): string | undefined {
  return successor
    .deriveAll(token)
    .flatMap((secret) => listRefreshTokens({ sessionId, secret }, seal))
    .find((text) => hashSecret(text) === hash)
}
