import type { Unread } from '../call/fields.ts'
import {
  type Fields,
  isFields,
  omitUndefined,
  readFlag,
  readInstant,
  readLowerCase,
  readText,
} from '../call/fields.ts'
import type { WireKakaoAccount, WireProfile } from '../wire.ts'
import { findPicture } from './picture-url.ts'
import type {
  KakaoAccount,
  KakaoBirthday,
  KakaoCi,
  KakaoEmail,
  KakaoItem,
  KakaoNickname,
  KakaoProfileImage,
} from './user-types.ts'

type Account = Unread<WireKakaoAccount>

export function toAccount(fields: Fields): KakaoAccount {
  const wire: Account = fields
  const profile: Unread<WireProfile> = isFields(wire.profile) ? wire.profile : {}
  // The flag of the old combined item, still there for apps from before it was split.
  const both = wire.profile_needs_agreement

  return omitUndefined({
    nickname: findItem(wire.profile_nickname_needs_agreement ?? both, findNickname(profile)),
    profileImage: findItem(wire.profile_image_needs_agreement ?? both, findImage(profile)),
    email: findItem(wire.email_needs_agreement, findEmail(wire)),
    name: findItem(wire.name_needs_agreement, readText(wire.name)),
    ageRange: findItem(wire.age_range_needs_agreement, readText(wire.age_range)),
    birthyear: findItem(wire.birthyear_needs_agreement, readText(wire.birthyear)),
    birthday: findItem(wire.birthday_needs_agreement, findBirthday(wire)),
    gender: findItem(wire.gender_needs_agreement, readLowerCase(wire.gender)),
    phoneNumber: findItem(wire.phone_number_needs_agreement, readText(wire.phone_number)),
    ci: findItem(wire.ci_needs_agreement, findCi(wire)),
  })
}

/** A value beside a flag that says "not agreed" is not taken: nobody gave it. */
export function findItem<T>(
  needsAgreement: unknown,
  value: T | undefined,
): KakaoItem<T> | undefined {
  if (needsAgreement === true) return { state: 'not_agreed' }
  if (value !== undefined) return { state: 'shared', value }
  return needsAgreement === false ? { state: 'no_value' } : undefined
}

function findNickname(profile: Unread<WireProfile>): KakaoNickname | undefined {
  const text = readText(profile.nickname)
  if (text === undefined) return undefined
  return { text, ...omitUndefined({ isDefault: readFlag(profile.is_default_nickname) }) }
}

function findImage(profile: Unread<WireProfile>): KakaoProfileImage | undefined {
  const url = findPicture(profile.profile_image_url)
  const thumbnailUrl = findPicture(profile.thumbnail_image_url)
  if (url === undefined && thumbnailUrl === undefined) return undefined
  return omitUndefined({ url, thumbnailUrl, isDefault: readFlag(profile.is_default_image) })
}

function findEmail(wire: Account): KakaoEmail | undefined {
  const address = readText(wire.email)
  if (address === undefined) return undefined
  const isValid = readFlag(wire.is_email_valid)
  return { address, ...omitUndefined({ isValid, isVerified: readFlag(wire.is_email_verified) }) }
}

function findBirthday(wire: Account): KakaoBirthday | undefined {
  const date = readText(wire.birthday)
  if (date === undefined) return undefined
  const calendar = readText(wire.birthday_type)
  return { date, ...omitUndefined({ calendar, isLeapMonth: readFlag(wire.is_leap_month) }) }
}

function findCi(wire: Account): KakaoCi | undefined {
  const value = readText(wire.ci)
  if (value === undefined) return undefined
  return { value, ...omitUndefined({ authenticatedAt: readInstant(wire.ci_authenticated_at) }) }
}
