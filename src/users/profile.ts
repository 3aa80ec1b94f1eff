import type {
  KakaoBirthday,
  KakaoEmail,
  KakaoIdToken,
  KakaoItem,
  KakaoUser,
} from '../kakao/index.ts'
import type { Birthday, FieldReading, FieldValue, ProfileReading } from './profile-fields.ts'

/** What `/v2/user/me` says: of every field, what is missing included. */
export async function toProfile({ account = {} }: KakaoUser): Promise<Required<ProfileReading>> {
  const phoneNumber =
    account.phoneNumber?.state === 'shared' ? await toE164(account.phoneNumber.value) : null
  const same = (value: string) => value
  return {
    nickname: toField(account.nickname, ({ text }) => text),
    picture: toField(account.profileImage, ({ thumbnailUrl, url }) => thumbnailUrl ?? url ?? null),
    email: toField(account.email, ({ address }) => address),
    email_verified: toField(account.email, isTrustworthy),
    phone_number: toField(account.phoneNumber, () => phoneNumber),
    name: toField(account.name, same),
    gender: toField(account.gender, same),
    age_range: toField(account.ageRange, same),
    birthyear: toField(account.birthyear, same),
    birthday: toField(account.birthday, toBirthday),
  }
}

/** What an ID token says: only what it holds; what it lacks may still be there to be asked for. */
export function toPartialProfile({ nickname, picture, email }: KakaoIdToken): ProfileReading {
  return {
    ...(nickname !== undefined && { nickname: shared(nickname) }),
    ...(picture !== undefined && { picture: shared(picture) }),
    // Kakao puts an e-mail in an ID token only when it is valid and verified.
    ...(email !== undefined && { email: shared(email), email_verified: shared(true) }),
  }
}

function shared(value: FieldValue): FieldReading {
  return { state: 'shared', value }
}

function toField<T>(
  item: KakaoItem<T> | undefined,
  toValue: (value: T) => FieldValue | null,
): FieldReading {
  if (item === undefined) return { state: 'not_asked', value: null }
  if (item.state === 'not_agreed') return { state: 'not_agreed', value: null }
  const value = item.state === 'shared' ? toValue(item.value) : null
  return value === null ? { state: 'none', value } : shared(value)
}

function isTrustworthy({ isValid, isVerified }: KakaoEmail): boolean {
  return isValid === true && isVerified === true
}

function toBirthday({ date, calendar, isLeapMonth }: KakaoBirthday): Birthday {
  return { date, calendar: calendar ?? null, is_leap_month: isLeapMonth ?? null }
}

/** Kakao writes `+82 10-1234-5678`, sometimes with the domestic 0. An unreadable one stays as is. */
async function toE164(phoneNumber: string): Promise<string> {
  // Loaded only where numbers are shared: the library's tables would slow every start.
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  return parsePhoneNumberFromString(phoneNumber, 'KR')?.number ?? phoneNumber
}
