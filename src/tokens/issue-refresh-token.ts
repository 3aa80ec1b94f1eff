import type { Db } from '../db/index.ts'
import { hashSecret, type Session, type Sessions } from '../sessions/index.ts'
import { insertRefreshToken } from './refresh-token-store.ts'

export interface IssueDeps {
  readonly sessions: Pick<Sessions, 'expiryAt'>
  readonly now: () => Date
}

export interface IssuedRefreshToken {
  readonly token: string
  readonly session: Session
  readonly expiresInSeconds: number
}

/** Keeps a new token's hash. It lasts as long as its session does when seen now. */
export async function issueRefreshToken(
  { sessions, now }: IssueDeps,
  db: Db,
  { session, token }: { session: Session; token: string },
): Promise<IssuedRefreshToken> {
  const issuedAt = now()
  const expiresAt = sessions.expiryAt(issuedAt, session)
  const hash = hashSecret(token)
  await insertRefreshToken(db, { hash, sessionId: session.id, issuedAt, expiresAt })
  return toIssued({ session, token }, { expiresAt, at: issuedAt })
}

/** @param at When it is handed out. */
export function toIssued(
  { session, token }: { session: Session; token: string },
  { expiresAt, at }: { expiresAt: Date; at: Date },
): IssuedRefreshToken {
  const milliseconds = expiresAt.getTime() - at.getTime()
  return { token, session, expiresInSeconds: Math.max(0, Math.floor(milliseconds / 1000)) }
}
