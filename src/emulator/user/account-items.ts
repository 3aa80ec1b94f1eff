import type { WireKakaoAccount } from '../../kakao/wire.ts'
import type { ConsentItemId } from '../consent-items.ts'
import type { Person } from '../state/people.ts'

/** A part of `kakao_account` with a consent item of its own. */
interface AccountItem {
  /** As in the property key `kakao_account.{property}`. */
  readonly property: string
  readonly scope: ConsentItemId
  readonly flag: keyof WireKakaoAccount
  /** `undefined`: the account has nothing of the kind, and asking again would be of no use. */
  readonly values: (person: Person) => Partial<WireKakaoAccount> | undefined
}

/** Everything in `kakao_account` but the profile. */
export const ACCOUNT_ITEMS: readonly AccountItem[] = [
  {
    property: 'name',
    scope: 'name',
    flag: 'name_needs_agreement',
    values: ({ name }) => (name === undefined ? undefined : { name }),
  },
  {
    property: 'email',
    scope: 'account_email',
    flag: 'email_needs_agreement',
    values: ({ email, is_email_valid, is_email_verified }) =>
      email === undefined ? undefined : { is_email_valid, is_email_verified, email },
  },
  {
    property: 'age_range',
    scope: 'age_range',
    flag: 'age_range_needs_agreement',
    values: ({ age_range }) => (age_range === undefined ? undefined : { age_range }),
  },
  {
    property: 'birthyear',
    scope: 'birthyear',
    flag: 'birthyear_needs_agreement',
    values: ({ birthyear }) => (birthyear === undefined ? undefined : { birthyear }),
  },
  {
    property: 'birthday',
    scope: 'birthday',
    flag: 'birthday_needs_agreement',
    values: ({ birthday, birthday_type, is_leap_month }) =>
      birthday === undefined ? undefined : { birthday, birthday_type, is_leap_month },
  },
  {
    property: 'gender',
    scope: 'gender',
    flag: 'gender_needs_agreement',
    values: ({ gender }) => (gender === undefined ? undefined : { gender }),
  },
  {
    property: 'phone_number',
    scope: 'phone_number',
    flag: 'phone_number_needs_agreement',
    values: ({ phone_number }) => (phone_number === undefined ? undefined : { phone_number }),
  },
  {
    property: 'ci',
    scope: 'account_ci',
    flag: 'ci_needs_agreement',
    values: ({ ci, ci_authenticated_at }) =>
      ci === undefined ? undefined : { ci, ...(ci_authenticated_at && { ci_authenticated_at }) },
  },
]
