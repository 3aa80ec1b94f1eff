import type { CallOptions } from '../client-types.ts'
import type { KakaoItem } from './user-types.ts'

/** The person a call was carried out for. */
export interface KakaoUserId {
  /** Digits, as text. */
  readonly id: string
}

/** `GET /v1/user/access_token_info` */
export interface KakaoAccessTokenInfo {
  /** The person's id; Kakao may leave it out. */
  readonly id?: string
  /** The app that the token was issued to: compare it before trusting a token from outside. */
  readonly appId: string
  /** Where Kakao named no lifetime, the instant of the call. */
  readonly expiresAt: Date
}

/**
 * `GET /v1/oidc/userinfo`. Nickname and picture are those of the time the person was linked to the
 * app; `getMe` tells the current ones.
 */
export interface KakaoUserInfo {
  /** Kakao's user id: digits, as text. */
  readonly subject: string
  readonly name?: string
  readonly nickname?: string
  /** Address of a picture, https on Kakao's own hosts. */
  readonly picture?: string
  readonly email?: string
  /** Only true where the address is both valid and verified. */
  readonly emailVerified?: boolean
  /** `female` or `male`. */
  readonly gender?: string
  /** `YYYY-MM-DD`; `0000-MM-DD` without the year, `YYYY` without the day. */
  readonly birthdate?: string
  /** As Kakao writes it, such as `+82 10-1234-5678`. */
  readonly phoneNumber?: string
  readonly phoneNumberVerified?: boolean
}

/** `GET /v1/user/shipping_address` */
export interface KakaoShippingAddresses {
  readonly userId: string
  /** The default address first, then those changed last. */
  readonly addresses?: KakaoItem<readonly KakaoShippingAddress[]>
}

export interface KakaoShippingAddress {
  readonly id: string
  readonly isDefault: boolean
  /** What the person calls it. */
  readonly name?: string
  readonly updatedAt?: Date
  /** `NEW` (by road name) or `OLD` (by lot number). */
  readonly type?: string
  readonly baseAddress?: string
  readonly detailAddress?: string
  readonly receiverName?: string
  readonly receiverPhoneNumber1?: string
  readonly receiverPhoneNumber2?: string
  /** Five digits; always there for `NEW`. */
  readonly zoneNumber?: string
  /** The old postal code. */
  readonly zipCode?: string
}

/** Which shipping addresses to read. Kakao gives the ten changed last by default. */
export interface KakaoShippingAddressQuery extends CallOptions {
  /** This one alone. */
  readonly addressId?: string
  /** Only those changed before; to page, the `updatedAt` of the last one read. */
  readonly updatedBefore?: Date
  /** At least 2. */
  readonly pageSize?: number
}
