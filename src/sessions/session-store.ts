import type { InferResult, Selectable } from 'kysely'
import { type Db, prepare, type SessionTable } from '../db/index.ts'
import { lockUser, toUser, USER_COLUMNS, type User } from '../users/index.ts'
import type { Session, SessionKind } from './session.ts'

/** More than one login adds is only found where the limit was lowered: enough for one go. */
const MOST_TRIMMED_AT_ONCE = 1000

/** A live session with its user. */
export interface SignedIn {
  readonly session: Session
  readonly user: User
}

export async function insertSession(db: Db, hash: string, session: Session): Promise<void> {
  await insertRow(db, {
    hash,
    id: session.id,
    user_id: session.userId,
    kakao_id: session.kakaoId,
    kind: session.kind,
    device: session.device,
    created_at: session.createdAt.getTime(),
    last_seen_at: session.lastSeenAt.getTime(),
    expires_at: session.expiresAt.getTime(),
  })
}

type NewRow = Omit<Selectable<SessionTable>, 'no_longer_recent'>

const insertRow = prepare((db, row: NewRow) => db.insertInto('sessions').values(row))

/** Finds a live session with its user. An expired one is as good as absent. */
export async function findSession(
  db: Db,
  { column, value }: { readonly column: keyof typeof SELECT_BY; readonly value: string },
  now: Date,
): Promise<SignedIn | undefined> {
  const { rows } = await SELECT_BY[column](db, { value, now: now.getTime() })
  return rows[0] && toSignedIn(rows[0])
}

/** By which a session is found: its token's hash, or its id. */
const SELECT_BY = { hash: prepareSelect('hash'), id: prepareSelect('id') } as const

function prepareSelect(column: 'hash' | 'id') {
  return prepare((db, key: { value: string; now: number }) => selectSession(db, column, key))
}

function selectSession(
  db: Db,
  column: 'hash' | 'id',
  { value, now }: { readonly value: string; readonly now: number },
) {
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(USER_COLUMNS)
    .select([
      'sessions.id as session_id',
      'sessions.kakao_id',
      'sessions.kind',
      'sessions.device',
      'sessions.created_at as session_created_at',
      'sessions.last_seen_at',
      'sessions.no_longer_recent',
      'sessions.expires_at',
    ])
    .where(`sessions.${column}`, '=', value)
    .where('sessions.expires_at', '>', now)
}

type SignedInRow = InferResult<ReturnType<typeof selectSession>>[number]

function toSignedIn(row: SignedInRow): SignedIn {
  const user = toUser(row)
  const session = toSession({
    ...row,
    id: row.session_id,
    user_id: user.id,
    created_at: row.session_created_at,
  })
  return { session, user }
}

/** A user's live sessions, the one begun last first. Index: `sessions_by_user`. */
export async function listSessions(db: Db, userId: string, now: Date): Promise<Session[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', now.getTime())
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map(toSession)
}

/** Finds a live session, and makes all others wait who would change sessions of its user. */
export async function lockSession(db: Db, id: string, now: Date): Promise<Session | undefined> {
  const by = { column: 'id', value: id } as const
  const found = await findSession(db, by, now)
  if (found === undefined) return undefined
  await lockUser(db, found.user.id)
  return (await findSession(db, by, now))?.session
}

/** Moves a session's end along with its use. @returns Whether it is still there. */
export async function touchSession(
  db: Db,
  { id, lastSeenAt, expiresAt }: Pick<Session, 'id' | 'lastSeenAt' | 'expiresAt'>,
): Promise<boolean> {
  const seen = { id, last_seen_at: lastSeenAt.getTime(), expires_at: expiresAt.getTime() }
  const { numAffectedRows = 0n } = await updateSeen(db, seen)
  return numAffectedRows > 0n
}

type Seen = Pick<Selectable<SessionTable>, 'id' | 'last_seen_at' | 'expires_at'>

const updateSeen = prepare((db, { id, ...seen }: Seen) =>
  db.updateTable('sessions').set(seen).where('id', '=', id),
)

/** What of a session is known once its row is gone. */
export type EndedSession = Pick<Session, 'id' | 'userId'>

/** Ends one session of a user; its refresh tokens go with it. */
export async function endSession(
  db: Db,
  { id, userId }: Pick<Session, 'id' | 'userId'>,
): Promise<EndedSession[]> {
  return await db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning(['id', 'user_id as userId'])
    .execute()
}

/**
 * Takes back the codes that would begin further sessions of a user.
 *
 * Index: `one_time_codes_by_user`.
 */
export async function removeCodesOfUser(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('one_time_codes').where('user_id', '=', userId).execute()
}

/** Index: `sessions_by_user`. */
export async function endSessionsOfUser(db: Db, userId: string): Promise<EndedSession[]> {
  return await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .returning(['id', 'user_id as userId'])
    .execute()
}

/**
 * Ends a user's oldest sessions beyond those that one person may have. The one given was begun just
 * now: it stays, even where a clock that was set back makes it the oldest. Index: `sessions_by_user`.
 */
export async function trimSessions(
  db: Db,
  { userId, id }: Pick<Session, 'id' | 'userId'>,
  most: number,
): Promise<EndedSession[]> {
  // Nearly nobody has too many, and the index alone says so.
  const [sessions] = (await countSessions(db, { userId })).rows
  if (sessions !== undefined && sessions.count <= most) return []
  return (await deleteOldest(db, { userId, id, othersKept: most - 1 })).rows
}

const countSessions = prepare((db, user: { userId: string }) =>
  db
    .selectFrom('sessions')
    // Not `count(*)`: a statement with an asterisk is planned anew each time on PostgreSQL.
    .select(({ fn }) => fn.count<number>('user_id').as('count'))
    .where('user_id', '=', user.userId),
)

const deleteOldest = prepare((db, beside: { userId: string; id: string; othersKept: number }) =>
  db
    .deleteFrom('sessions')
    .where('hash', 'in', (sessions) =>
      sessions
        .selectFrom('sessions')
        .select('hash')
        .where('user_id', '=', beside.userId)
        .where('id', '!=', beside.id)
        .orderBy('created_at', 'desc')
        .offset(beside.othersKept)
        .limit(MOST_TRIMMED_AT_ONCE),
    )
    .returning(['id', 'user_id as userId']),
)

function toSession(row: Omit<Selectable<SessionTable>, 'hash'>): Session {
  return {
    id: row.id,
    userId: row.user_id,
    kakaoId: row.kakao_id,
    kind: row.kind as SessionKind,
    device: row.device,
    createdAt: new Date(row.created_at),
    isNoLongerRecent: row.no_longer_recent === 1,
    lastSeenAt: new Date(row.last_seen_at),
    expiresAt: new Date(row.expires_at),
  }
}
