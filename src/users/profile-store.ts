import type { Selectable } from 'kysely'
import type { Db, UserTable } from '../db/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import {
  FIELD_NAMES,
  type FieldReading,
  type FieldSource,
  type KeptField,
  type KeptProfile,
  mapFields,
  type ProfileField,
  type ProfileReading,
  toWithheld,
} from './profile-fields.ts'
import { type StoredFields, toKeptProfile, toStored } from './stored-profile.ts'
import type { User } from './user.ts'
import { lockUser, toUser, USER_COLUMNS } from './user-store.ts'

/** Of whom a profile tells, and which of their identities. */
export interface ProfileOwner {
  readonly userId: string
  readonly kakaoId: string
}

export interface ProfileNews extends ProfileOwner {
  readonly reading: ProfileReading
  readonly source: FieldSource
  /** Part of a sign-up: the service has not heard of the user yet. */
  readonly isSignUp?: boolean
}

/** @returns `undefined`: there is no such user. */
export async function findProfile(db: Db, userId: string): Promise<KeptProfile | undefined> {
  const row = await findRow(db, userId)
  return row && toKeptProfile(row, row.stored)
}

/**
 * Keeps what was read of a person, with its source and time, and tells `user.updated` where a value
 * is another one now. A second identity that shares nothing of a field leaves the first one's value.
 *
 * @returns The user as they are now, if still one.
 */
export async function keepProfile(unit: UnitOfWork, news: ProfileNews): Promise<User | undefined> {
  const { kakaoId, reading, source } = news
  return await changeProfile(unit, news, (field, kept) => {
    const read = reading[field]
    if (read === undefined || isOfAnother(kept, kakaoId, read)) return kept
    return { ...read, source, at: unit.at, kakaoId }
  })
}

/** Erases the values of fields that the person does not share any more. */
export async function eraseFields(
  unit: UnitOfWork,
  owner: ProfileOwner,
  fields: readonly ProfileField[],
): Promise<User | undefined> {
  const withheld = toWithheld(fields)
  return await changeProfile(unit, owner, (field, kept) => {
    const read = withheld[field]
    if (read === undefined || isOfAnother(kept, owner.kakaoId, read)) return kept
    return { ...kept, ...read, at: unit.at }
  })
}

/** Erases all that came with an identity. */
export async function eraseProfile(
  unit: UnitOfWork,
  owner: ProfileOwner,
): Promise<User | undefined> {
  return await eraseFields(unit, owner, FIELD_NAMES)
}

/** What one identity does not share, another one may. Values of older versions are anybody's. */
function isOfAnother(kept: KeptField, kakaoId: string, read: FieldReading): boolean {
  const isOurs = kept.kakaoId === null || kept.kakaoId === kakaoId
  return read.state !== 'shared' && kept.state === 'shared' && !isOurs
}

async function changeProfile(
  unit: UnitOfWork,
  {
    userId,
    source,
    isSignUp = false,
  }: Pick<ProfileNews, 'userId' | 'isSignUp'> & {
    readonly source?: FieldSource
  },
  change: (field: ProfileField, kept: KeptField) => KeptField,
): Promise<User | undefined> {
  await lockUser(unit.db, userId)
  const row = await findRow(unit.db, userId)
  if (row === undefined) return undefined

  const before = toKeptProfile(row, row.stored)
  const after = mapFields((field) => change(field, before[field]))
  const readAt = source === 'user_me' ? unit.at : undefined
  const user = await writeProfile(unit.db, { userId, profile: after, readAt })
  const changed = FIELD_NAMES.filter((field) => !isSame(before[field], after[field]))
  if (changed.length > 0 && !isSignUp) {
    unit.tell({ type: 'user.updated', userId, data: { changed } })
  }
  if (changed.some((field) => isThere(before[field]) && !isThere(after[field]))) {
    unit.invalidate(userId)
  }
  return user
}

/** An e-mail that is not verified any more is as good as taken back. */
function isThere({ value }: KeptField): boolean {
  return value !== null && value !== false
}

/** An e-mail that is gone is as little verified as one that never was. */
function isSame(one: KeptField, other: KeptField): boolean {
  return JSON.stringify(one.value ?? false) === JSON.stringify(other.value ?? false)
}

type ProfileRow = Selectable<UserTable> & { readonly stored: StoredFields | undefined }

async function findRow(db: Db, userId: string): Promise<ProfileRow | undefined> {
  const row = await db
    .selectFrom('users')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .selectAll('users')
    .select('profiles.fields')
    .where('users.id', '=', userId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { fields, ...user } = row
  return { ...user, stored: fields === null ? undefined : (JSON.parse(fields) as StoredFields) }
}

async function writeProfile(
  db: Db,
  { userId, profile, readAt }: { userId: string; profile: KeptProfile; readAt: Date | undefined },
): Promise<User> {
  const { columns, fields } = toStored(profile)
  const row = await db
    .updateTable('users')
    .set({ ...columns, ...(readAt && { profile_read_at: readAt.getTime() }) })
    .where('id', '=', userId)
    .returning(USER_COLUMNS)
    .executeTakeFirstOrThrow()
  const stored = { user_id: userId, fields: JSON.stringify(fields) }
  await db
    .insertInto('profiles')
    .values(stored)
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ fields: stored.fields }))
    .execute()
  return toUser(row)
}
