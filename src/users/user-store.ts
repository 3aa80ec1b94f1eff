import { PostgresAdapter, type Selectable } from 'kysely'
import { type Db, prepare, type UserTable } from '../db/index.ts'
import { IDENTITY_COLUMNS, type Identity, insertIdentity, toIdentity } from './identity-store.ts'
import type { FieldState } from './profile-fields.ts'
import type { User } from './user.ts'

/** A user found by the Kakao id they sign in with. */
export interface KnownUser {
  readonly user: User
  readonly identity: Identity
  /** `null`: `/v2/user/me` was never read. */
  readonly profileReadAt: Date | null
  readonly emailState: FieldState | null
}

const USER_FIELDS = [
  'id',
  'created_at',
  'nickname',
  'picture',
  'email',
  'email_verified',
  'phone_number',
] as const

/** What {@link toUser} reads. */
export const USER_COLUMNS = USER_FIELDS.map((field) => `users.${field}` as const)

export async function findUserByKakaoId(db: Db, kakaoId: string): Promise<KnownUser | undefined> {
  const { rows } = await selectKnown(db, { kakaoId })
  const [row] = rows
  return (
    row && {
      user: toUser(row),
      identity: toIdentity(row),
      profileReadAt: row.profile_read_at === null ? null : new Date(row.profile_read_at),
      emailState: row.email_state as FieldState | null,
    }
  )
}

const selectKnown = prepare((db, identity: { kakaoId: string }) =>
  db
    .selectFrom('identities')
    .innerJoin('users', 'users.id', 'identities.user_id')
    .select([...IDENTITY_COLUMNS, ...USER_COLUMNS])
    .select(['users.profile_read_at', 'users.email_state'])
    .where('identities.kakao_id', '=', identity.kakaoId),
)

export async function findUser(db: Db, id: string): Promise<User | undefined> {
  const row = await db
    .selectFrom('users')
    .select(USER_COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toUser(row)
}

/** Finds the Kakao id that a user last signed in with. Index: `identities_by_user`. */
export async function findKakaoId(db: Db, userId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('identities')
    .select('kakao_id')
    .where('user_id', '=', userId)
    .orderBy('last_login_at', 'desc')
    .executeTakeFirst()
  return row?.kakao_id
}

/**
 * Finds the Kakao id that something of a user's was begun with. What an older version began does not
 * say: then its user has but one.
 */
export async function findKakaoIdOf(
  db: Db,
  { kakaoId, userId }: { readonly kakaoId: string | null; readonly userId: string },
): Promise<string | undefined> {
  return kakaoId ?? (await findKakaoId(db, userId))
}

/**
 * Makes a user and their tie to Kakao. Run it in a transaction.
 *
 * @returns The new user, or `undefined` when somebody else has just tied that Kakao id.
 */
export async function insertUser(
  db: Db,
  { id, kakaoId, now }: { id: string; kakaoId: string; now: Date },
): Promise<User | undefined> {
  const createdAt = now.getTime()
  const row = await db
    .insertInto('users')
    .values({ id, created_at: createdAt, email_verified: 0 })
    .returning(USER_COLUMNS)
    .executeTakeFirstOrThrow()
  if (await insertIdentity(db, { userId: id, kakaoId, now })) return toUser(row)
  await db.deleteFrom('users').where('id', '=', id).execute()
  return undefined
}

/**
 * Makes all others who would begin, refresh or end sessions of a user wait until the transaction
 * ends. On SQLite they wait anyway: its transactions come one after the other.
 */
export async function lockUser(db: Db, id: string): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return
  await db.selectFrom('users').select('id').where('id', '=', id).forNoKeyUpdate().execute()
}

/** Removes a user with all that hangs on them. */
export async function removeUser(db: Db, id: string): Promise<void> {
  await db.deleteFrom('users').where('id', '=', id).execute()
}

export function toUser(row: Pick<Selectable<UserTable>, (typeof USER_FIELDS)[number]>): User {
  return {
    id: row.id,
    createdAt: new Date(row.created_at),
    nickname: row.nickname,
    picture: row.picture,
    email: row.email,
    emailVerified: row.email_verified === 1,
    phoneNumber: row.phone_number,
  }
}
