/** Every field of a profile, with the consent items that cover it: one of them is enough. */
export const PROFILE_FIELDS = {
  nickname: ['profile_nickname', 'profile'],
  picture: ['profile_image', 'profile'],
  email: ['account_email'],
  email_verified: ['account_email'],
  phone_number: ['phone_number'],
  name: ['name'],
  gender: ['gender'],
  age_range: ['age_range'],
  birthyear: ['birthyear'],
  birthday: ['birthday'],
} as const satisfies Record<string, readonly string[]>

/** A field as JSON answers and events name it. */
export type ProfileField = keyof typeof PROFILE_FIELDS

export const FIELD_NAMES = Object.keys(PROFILE_FIELDS) as readonly ProfileField[]

/**
 * What is known of one field.
 *
 * - `shared`: agreed, and we have it.
 * - `not_agreed`: the person can still be asked.
 * - `none`: agreed, but the account has no such value.
 * - `not_asked`: not set up in the app's console, or not read yet.
 */
export type FieldState = 'shared' | 'not_agreed' | 'none' | 'not_asked'

/** From which answer of Kakao's a field is known. */
export type FieldSource = 'id_token' | 'user_me'

/** Text; whether the e-mail is verified; or a birthday. */
export type FieldValue = string | boolean | Birthday

export interface Birthday {
  /** `MMDD` */
  readonly date: string
  /** `SOLAR` or `LUNAR`; `null` where Kakao did not say. */
  readonly calendar: string | null
  readonly is_leap_month: boolean | null
}

/** What one answer of Kakao's says of a field. The value is there where it is `shared`. */
export interface FieldReading {
  readonly state: FieldState
  readonly value: FieldValue | null
}

/** What an answer says; of the fields that are missing it says nothing. */
export type ProfileReading = { readonly [Field in ProfileField]?: FieldReading }

/** A field as it is kept. */
export interface KeptField extends FieldReading {
  /** `null`: Kakao was never asked. */
  readonly source: FieldSource | null
  readonly at: Date | null
  /** The identity that it came with. */
  readonly kakaoId: string | null
}

export type KeptProfile = { readonly [Field in ProfileField]: KeptField }

/** Makes something for every field. */
export function mapFields<T>(make: (field: ProfileField) => T): Record<ProfileField, T> {
  return Object.fromEntries(FIELD_NAMES.map((field) => [field, make(field)])) as Record<
    ProfileField,
    T
  >
}

/** The fields whose last consent is gone. `agrees` says `undefined` of items that nobody knows of. */
export function findUncovered(agrees: (item: string) => boolean | undefined): ProfileField[] {
  return FIELD_NAMES.filter((field) => {
    const answers = PROFILE_FIELDS[field].map(agrees)
    return answers.includes(false) && !answers.includes(true)
  })
}

/** Says of fields that nobody agreed to them any more. */
export function toWithheld(fields: readonly ProfileField[]): ProfileReading {
  return Object.fromEntries(fields.map((field) => [field, { state: 'not_agreed', value: null }]))
}
