import type { KakaoIdToken, KakaoItem, KakaoUser } from '../kakao/index.ts'
import type { ItemState, Profile } from './user.ts'

/** What `/v2/user/me` says: the whole profile, what is missing included. */
export async function toProfile({ account = {} }: KakaoUser): Promise<Profile> {
  const email = sharedValue(account.email)
  const image = sharedValue(account.profileImage)
  const phoneNumber = sharedValue(account.phoneNumber)

  return {
    nickname: sharedValue(account.nickname)?.text ?? null,
    picture: image?.thumbnailUrl ?? image?.url ?? null,
    email: email?.address ?? null,
    emailVerified: email?.isValid === true && email.isVerified === true,
    emailState: toItemState(account.email),
    phoneNumber: phoneNumber === undefined ? null : await toE164(phoneNumber),
  }
}

/** What an ID token says: only what it holds; what it lacks may still be there to be asked for. */
export function toPartialProfile({ nickname, picture, email }: KakaoIdToken): Partial<Profile> {
  return {
    ...(nickname !== undefined && { nickname }),
    ...(picture !== undefined && { picture }),
    // Kakao puts an e-mail in an ID token only when it is valid and verified.
    ...(email !== undefined && { email, emailVerified: true, emailState: 'shared' as const }),
  }
}

function toItemState(item: KakaoItem<unknown> | undefined): ItemState {
  if (item === undefined) return 'not_asked'
  return item.state === 'no_value' ? 'none' : item.state
}

function sharedValue<T>(item: KakaoItem<T> | undefined): T | undefined {
  return item?.state === 'shared' ? item.value : undefined
}

/** Kakao writes `+82 10-1234-5678`, sometimes with the domestic 0. An unreadable one stays as is. */
async function toE164(phoneNumber: string): Promise<string> {
  // Loaded only where numbers are shared: the library's tables would slow every start.
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  return parsePhoneNumberFromString(phoneNumber, 'KR')?.number ?? phoneNumber
}
