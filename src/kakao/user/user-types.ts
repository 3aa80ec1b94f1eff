/**
 * One consent item as Kakao reports it. An item that is missing altogether is not configured in the
 * app's console (or was not asked for with `propertyKeys`).
 *
 * - `shared`: agreed, and here it is.
 * - `not_agreed`: the person can still be asked.
 * - `no_value`: agreed, but the account has no such value; asking again is of no use.
 */
export type KakaoItem<T> =
  | { readonly state: 'shared'; readonly value: T }
  | { readonly state: 'not_agreed' }
  | { readonly state: 'no_value' }

/** `GET /v2/user/me`. Only the id is certain to be there. */
export interface KakaoUser {
  /** Digits, as text: ids may exceed 2^53. */
  readonly id: string
  readonly connectedAt?: Date
  /** When the person last logged in through Kakao Sync. */
  readonly synchedAt?: Date
  /** Only sent where automatic linking is off; `false`: not linked yet. */
  readonly hasSignedUp?: boolean
  /** Absent when Kakao sent no account; an empty object when it sent an empty one. */
  readonly account?: KakaoAccount
  /** Custom user properties. */
  readonly properties?: { readonly [key: string]: string }
  /** Set only for apps with permission to send messages. */
  readonly partnerUuid?: string
  /** Set only for apps of a group. */
  readonly groupUserToken?: string
}

export interface KakaoAccount {
  readonly nickname?: KakaoItem<KakaoNickname>
  readonly profileImage?: KakaoItem<KakaoProfileImage>
  readonly email?: KakaoItem<KakaoEmail>
  readonly name?: KakaoItem<string>
  /** Such as `20~29`; the oldest band is `90~`. */
  readonly ageRange?: KakaoItem<string>
  /** `YYYY` */
  readonly birthyear?: KakaoItem<string>
  readonly birthday?: KakaoItem<KakaoBirthday>
  /** `female` or `male`. */
  readonly gender?: KakaoItem<string>
  /** As Kakao writes it, such as `+82 10-1234-5678`. */
  readonly phoneNumber?: KakaoItem<string>
  readonly ci?: KakaoItem<KakaoCi>
}

export interface KakaoNickname {
  readonly text: string
  /** Kakao's stand-in for people who chose none. */
  readonly isDefault?: boolean
}

/** At least one of the two addresses is there; https on Kakao's own hosts. */
export interface KakaoProfileImage {
  readonly url?: string
  readonly thumbnailUrl?: string
  /** Kakao's stand-in for people who chose none. */
  readonly isDefault?: boolean
}

export interface KakaoEmail {
  readonly address: string
  /** `false`: the address now belongs to another Kakao Account. */
  readonly isValid?: boolean
  readonly isVerified?: boolean
}

export interface KakaoBirthday {
  /** `MMDD` */
  readonly date: string
  /** `SOLAR` or `LUNAR`. */
  readonly calendar?: string
  readonly isLeapMonth?: boolean
}

/** Connecting information: the same person has the same value at every Korean service. */
export interface KakaoCi {
  readonly value: string
  readonly authenticatedAt?: Date
}
