import { PostgresAdapter, type Selectable } from 'kysely'
import { type Db, type IdentityTable, prepare } from '../db/index.ts'
import type { UnitOfWork } from '../events/index.ts'

/**
 * How a user's tie to Kakao stands.
 *
 * - `linked`: well.
 * - `needs_login`: Kakao has ended the tokens, or wants the person to log in anew.
 * - `suspended`: Kakao has disabled the account.
 * - `unlinked`: the person has cut the tie at Kakao; the same Kakao id may come back.
 */
export type IdentityState = 'linked' | 'needs_login' | 'suspended' | 'unlinked'

/** A user's tie to Kakao. */
export interface Identity {
  readonly kakaoId: string
  readonly userId: string
  readonly linkedAt: Date
  readonly lastLoginAt: Date
  /** When we last had Kakao end the person's tokens or the tie: it tells us of that too. */
  readonly endedByUsAt: Date | null
  readonly state: IdentityState
  /** When Kakao was last asked for profile, consents and terms; `null`: that is due. */
  readonly readAt: Date | null
  /** What began to be read under another revision is old. */
  readonly revision: number
}

const IDENTITY_FIELDS = [
  'kakao_id',
  'user_id',
  'linked_at',
  'last_login_at',
  'ended_by_us_at',
  'state',
  'read_at',
  'revision',
] as const

/** What {@link toIdentity} reads. */
export const IDENTITY_COLUMNS = IDENTITY_FIELDS.map((field) => `identities.${field}` as const)

export async function findIdentity(db: Db, kakaoId: string): Promise<Identity | undefined> {
  const row = await db
    .selectFrom('identities')
    .select(IDENTITY_COLUMNS)
    .where('kakao_id', '=', kakaoId)
    .executeTakeFirst()
  return row && toIdentity(row)
}

/** A user's ties, the oldest first. Index: `identities_by_user`. */
export async function listIdentities(db: Db, userId: string): Promise<Identity[]> {
  const rows = await db
    .selectFrom('identities')
    .select(IDENTITY_COLUMNS)
    .where('user_id', '=', userId)
    .orderBy('linked_at')
    .execute()
  return rows.map(toIdentity)
}

/**
 * Notes a login: whatever stood in its way before is over. As {@link lockIdentity} does, it makes
 * others wait.
 *
 * @returns Whether there is such an identity.
 */
export async function touchIdentity(unit: UnitOfWork, kakaoId: string): Promise<boolean> {
  const { db, at } = unit
  const { rows } = await touch(db, { kakaoId, at: at.getTime() })
  const [identity] = rows
  if (identity === undefined) return false
  const { state, user_id: userId } = identity
  if (state === 'linked') return true

  const isBack = state === 'unlinked'
  await db
    .updateTable('identities')
    .set({ state: 'linked', ...(isBack && { linked_at: at.getTime() }) })
    .where('kakao_id', '=', kakaoId)
    .execute()
  if (isBack) unit.tell({ type: 'identity.linked', userId, data: {} })
  return true
}

const touch = prepare((db, login: { kakaoId: string; at: number }) =>
  db
    .updateTable('identities')
    .set(({ eb }) => ({ last_login_at: login.at, revision: eb('revision', '+', 1) }))
    .where('kakao_id', '=', login.kakaoId)
    .returning(['state', 'user_id']),
)

/**
 * Makes all others wait, until the transaction ends, who would change what is known of an identity,
 * and what is being read of it meanwhile old. It is locked before its user.
 */
export async function lockIdentity(db: Db, kakaoId: string): Promise<Identity | undefined> {
  const row = await db
    .updateTable('identities')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('kakao_id', '=', kakaoId)
    .returning(IDENTITY_COLUMNS)
    .executeTakeFirst()
  return row && toIdentity(row)
}

/**
 * As {@link lockIdentity}, all of a user's: in one order, or two could wait for each other. @returns
 * Their Kakao ids.
 *
 * Index: `identities_by_user`.
 */
export async function lockIdentities(db: Db, userId: string): Promise<string[]> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    const ties = db.selectFrom('identities').select('kakao_id').where('user_id', '=', userId)
    await ties.orderBy('kakao_id').forNoKeyUpdate().execute()
  }
  const rows = await db
    .updateTable('identities')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('user_id', '=', userId)
    .returning('kakao_id')
    .execute()
  return rows.map(({ kakao_id }) => kakao_id)
}

/** As {@link lockIdentity}, for what may change the other ties of its user too: these are locked with it. */
export async function lockTies(db: Db, kakaoId: string): Promise<Identity | undefined> {
  const found = await findIdentity(db, kakaoId)
  if (found === undefined) return undefined
  await lockIdentities(db, found.userId)
  const locked = await findIdentity(db, kakaoId)
  // Whoever left and came back while we waited is another user now.
  return locked === undefined || locked.userId === found.userId
    ? locked
    : await lockTies(db, kakaoId)
}

/** Notes that a linked person has to log in anew before anything can be done in their name. */
export async function markNeedsLogin(unit: UnitOfWork, kakaoId: string): Promise<void> {
  const row = await unit.db
    .updateTable('identities')
    .set({ state: 'needs_login' })
    .where('kakao_id', '=', kakaoId)
    .where('state', '=', 'linked')
    .returning('user_id')
    .executeTakeFirst()
  if (row !== undefined) {
    unit.tell({ type: 'identity.needs_login', userId: row.user_id, data: {} })
  }
}

/** Kakao has disabled the account. A tie that is gone stays so. */
export async function markSuspended(db: Db, kakaoId: string): Promise<void> {
  await db
    .updateTable('identities')
    .set({ state: 'suspended' })
    .where('kakao_id', '=', kakaoId)
    .where('state', '!=', 'unlinked')
    .execute()
}

/** Kakao has enabled the account again; its tokens ended meanwhile. */
export async function liftSuspension(db: Db, kakaoId: string): Promise<void> {
  await db
    .updateTable('identities')
    .set({ state: 'linked' })
    .where('kakao_id', '=', kakaoId)
    .where('state', '=', 'suspended')
    .execute()
}

export async function markUnlinked(db: Db, kakaoId: string): Promise<void> {
  await db
    .updateTable('identities')
    .set({ state: 'unlinked' })
    .where('kakao_id', '=', kakaoId)
    .execute()
}

/** Notes that Kakao is about to be told to end a person's tokens or tie. */
export async function noteEndedByUs(db: Db, kakaoId: string, at: Date): Promise<void> {
  await db
    .updateTable('identities')
    .set({ ended_by_us_at: at.getTime() })
    .where('kakao_id', '=', kakaoId)
    .execute()
}

export async function removeIdentity(db: Db, kakaoId: string): Promise<void> {
  await db.deleteFrom('identities').where('kakao_id', '=', kakaoId).execute()
}

/** A page of the ties that are not known to be gone, in the order of their Kakao ids. */
export async function listLinked(
  db: Db,
  { after = '', most }: { after: string | undefined; most: number },
): Promise<Identity[]> {
  const rows = await db
    .selectFrom('identities')
    .select(IDENTITY_COLUMNS)
    .where('kakao_id', '>', after)
    .where('state', '!=', 'unlinked')
    .orderBy('kakao_id')
    .limit(most)
    .execute()
  return rows.map(toIdentity)
}

export function toIdentity(
  row: Pick<Selectable<IdentityTable>, (typeof IDENTITY_FIELDS)[number]>,
): Identity {
  return {
    kakaoId: row.kakao_id,
    userId: row.user_id,
    linkedAt: new Date(row.linked_at),
    lastLoginAt: new Date(row.last_login_at),
    endedByUsAt: row.ended_by_us_at === null ? null : new Date(row.ended_by_us_at),
    state: row.state as IdentityState,
    readAt: row.read_at === null ? null : new Date(row.read_at),
    revision: row.revision,
  }
}

/** Ties a Kakao id to a user. @returns Whether it was nobody's. */
export async function insertIdentity(
  db: Db,
  { userId, kakaoId, now }: { userId: string; kakaoId: string; now: Date },
): Promise<boolean> {
  const at = now.getTime()
  const row = await db
    .insertInto('identities')
    .values({ kakao_id: kakaoId, user_id: userId, linked_at: at, last_login_at: at })
    .onConflict((conflict) => conflict.column('kakao_id').doNothing())
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}
