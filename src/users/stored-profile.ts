import type { Selectable, Updateable } from 'kysely'
import type { UserTable } from '../db/index.ts'
import {
  type FieldSource,
  type FieldState,
  type FieldValue,
  type KeptField,
  type KeptProfile,
  mapFields,
  type ProfileField,
} from './profile-fields.ts'

/** A field as the store has it; the values of those with a column in `users` are there alone. */
interface StoredField {
  readonly state: FieldState
  readonly source: FieldSource | null
  readonly at: number | null
  readonly from: string | null
  readonly value?: FieldValue | null
}

export type StoredFields = { readonly [Field in ProfileField]?: StoredField }

type ProfileColumns = Pick<
  Selectable<UserTable>,
  'nickname' | 'picture' | 'email' | 'email_verified' | 'email_state' | 'phone_number'
>

const IN_COLUMNS = ['nickname', 'picture', 'email', 'email_verified', 'phone_number'] as const
type ColumnField = (typeof IN_COLUMNS)[number]

/** @param stored `undefined`: an older version kept the values alone. */
export function toKeptProfile(
  row: ProfileColumns & { readonly profile_read_at: number | null; readonly created_at: number },
  stored: StoredFields | undefined,
): KeptProfile {
  return mapFields((field) => {
    const value = isInColumn(field) ? readColumn(row, field) : (stored?.[field]?.value ?? null)
    const { state, source, at, from } = stored?.[field] ?? guessOrigin(row, value)
    return { value, state, source, at: at === null ? null : new Date(at), kakaoId: from }
  })
}

/** What goes into `users`, and what goes beside it. */
export function toStored(profile: KeptProfile): {
  columns: Updateable<UserTable>
  fields: StoredFields
} {
  const { nickname, picture, email, email_verified: verified, phone_number: phone } = profile
  return {
    columns: {
      nickname: toText(nickname),
      picture: toText(picture),
      email: toText(email),
      email_verified: verified.value === true ? 1 : 0,
      // A login looks at it without the rest of the profile.
      email_state: email.state,
      phone_number: toText(phone),
    },
    fields: mapFields((field) => toStoredField(field, profile[field])),
  }
}

function toStoredField(
  field: ProfileField,
  { state, source, at, kakaoId, value }: KeptField,
): StoredField {
  const origin = { state, source, at: at?.getTime() ?? null, from: kakaoId }
  return isInColumn(field) ? origin : { ...origin, value }
}

function isInColumn(field: ProfileField): field is ColumnField {
  return IN_COLUMNS.some((one) => one === field)
}

/** Without an e-mail there is nothing to be verified. */
function readColumn(row: ProfileColumns, field: ColumnField): FieldValue | null {
  if (field !== 'email_verified') return row[field]
  return row.email === null ? null : row.email_verified === 1
}

/** Where a value of an older version came from, as far as can be told. */
function guessOrigin(
  { profile_read_at: readAt, created_at: createdAt }: Parameters<typeof toKeptProfile>[0],
  value: FieldValue | null,
): StoredField {
  if (value === null) return { state: 'not_asked', source: null, at: null, from: null }
  return {
    state: 'shared',
    source: readAt === null ? 'id_token' : 'user_me',
    at: readAt ?? createdAt,
    from: null,
  }
}

function toText({ value }: KeptField): string | null {
  return typeof value === 'string' ? value : null
}
