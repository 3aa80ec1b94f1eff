import type { Selectable } from 'kysely'
import type { Db, SessionTable } from '../db/index.ts'
import { toUser, type User } from '../users/index.ts'
import type { Session } from './session.ts'

/** More than one login adds is only found where the limit was lowered: enough for one go. */
const MOST_TRIMMED_AT_ONCE = 1000

export async function insertSession(db: Db, hash: string, session: Session): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      hash,
      id: session.id,
      user_id: session.userId,
      device: session.device,
      created_at: session.createdAt.getTime(),
      last_seen_at: session.lastSeenAt.getTime(),
      expires_at: session.expiresAt.getTime(),
    })
    .execute()
}

/** Finds a live session with its user. An expired one is as good as absent. */
export async function findSession(
  db: Db,
  hash: string,
  now: Date,
): Promise<{ session: Session; user: User } | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('users')
    .select([
      'sessions.id as session_id',
      'sessions.device',
      'sessions.created_at as session_created_at',
      'sessions.last_seen_at',
      'sessions.expires_at',
    ])
    .where('sessions.hash', '=', hash)
    .where('sessions.expires_at', '>', now.getTime())
    .executeTakeFirst()
  if (row === undefined) return undefined

  const user = toUser(row)
  const session = toSession({
    id: row.session_id,
    user_id: user.id,
    device: row.device,
    created_at: row.session_created_at,
    last_seen_at: row.last_seen_at,
    expires_at: row.expires_at,
  })
  return { session, user }
}

/** Moves a session's end along with its use. */
export async function touchSession(
  db: Db,
  hash: string,
  { lastSeenAt, expiresAt }: Pick<Session, 'lastSeenAt' | 'expiresAt'>,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_seen_at: lastSeenAt.getTime(), expires_at: expiresAt.getTime() })
    .where('hash', '=', hash)
    .execute()
}

/** @returns How many ended: one, or none when it was not there. */
export async function endSession(db: Db, hash: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** @returns How many ended. */
export async function endSessionsOfUser(db: Db, userId: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Ends a user's oldest sessions beyond those that one person may have. */
export async function trimSessions(db: Db, userId: string, most: number): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('hash', 'in', (sessions) =>
      sessions
        .selectFrom('sessions')
        .select('hash')
        .where('user_id', '=', userId)
        .orderBy('created_at', 'desc')
        .offset(most)
        .limit(MOST_TRIMMED_AT_ONCE),
    )
    .execute()
}

/** Removes a bounded number of sessions that are over. @returns How many. */
export async function removeExpiredSessions(db: Db, now: Date, most: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('hash', 'in', (sessions) =>
      sessions
        .selectFrom('sessions')
        .select('hash')
        .where('expires_at', '<=', now.getTime())
        .limit(most),
    )
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

function toSession(row: Omit<Selectable<SessionTable>, 'hash'>): Session {
  return {
    id: row.id,
    userId: row.user_id,
    device: row.device,
    createdAt: new Date(row.created_at),
    lastSeenAt: new Date(row.last_seen_at),
    expiresAt: new Date(row.expires_at),
  }
}
