import type { Selectable } from 'kysely'
import type { Db, RefreshTokenTable } from '../db/index.ts'

/** A refresh token as it is kept. */
export interface StoredRefreshToken {
  readonly hash: string
  readonly sessionId: string
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly rotatedAt: Date | null
  readonly successorHash: string | null
}

export type NewRefreshToken = Omit<StoredRefreshToken, 'rotatedAt' | 'successorHash'>

export async function insertRefreshToken(db: Db, token: NewRefreshToken): Promise<void> {
  await db
    .insertInto('refresh_tokens')
    .values({
      hash: token.hash,
      session_id: token.sessionId,
      issued_at: token.issuedAt.getTime(),
      expires_at: token.expiresAt.getTime(),
    })
    .execute()
}

export async function findRefreshToken(
  db: Db,
  hash: string,
): Promise<StoredRefreshToken | undefined> {
  const row = await db
    .selectFrom('refresh_tokens')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row && toRefreshToken(row)
}

/** Marks a token as exchanged. */
export async function markRotated(
  db: Db,
  hash: string,
  { at, successorHash }: { at: Date; successorHash: string },
): Promise<void> {
  await db
    .updateTable('refresh_tokens')
    .set({ rotated_at: at.getTime(), successor_hash: successorHash })
    .where('hash', '=', hash)
    .execute()
}

/**
 * Forgets tokens of a family that were exchanged so long ago that no grace can save them.
 *
 * Index: `refresh_tokens_by_session`.
 */
export async function forgetRotated(db: Db, sessionId: string, before: Date): Promise<void> {
  await db
    .deleteFrom('refresh_tokens')
    .where('session_id', '=', sessionId)
    .where('rotated_at', '<', before.getTime())
    .execute()
}

function toRefreshToken(row: Selectable<RefreshTokenTable>): StoredRefreshToken {
  return {
    hash: row.hash,
    sessionId: row.session_id,
    issuedAt: new Date(row.issued_at),
    expiresAt: new Date(row.expires_at),
    rotatedAt: row.rotated_at === null ? null : new Date(row.rotated_at),
    successorHash: row.successor_hash,
  }
}
