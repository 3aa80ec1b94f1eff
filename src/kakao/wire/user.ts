/** `GET /v2/user/me`; also an element of `GET /v2/app/users`. */
export interface WireUserMe {
  id: string
  has_signed_up?: boolean
  connected_at?: string
  synched_at?: string
  properties?: Record<string, string>
  kakao_account?: WireKakaoAccount
  for_partner?: WireForPartner
  /** Group apps only. */
  group_user_token?: string
}

export interface WireForPartner {
  uuid?: string
}

export interface WireKakaoAccount {
  profile_needs_agreement?: boolean
  profile_nickname_needs_agreement?: boolean
  profile_image_needs_agreement?: boolean
  profile?: WireProfile
  name_needs_agreement?: boolean
  name?: string
  email_needs_agreement?: boolean
  is_email_valid?: boolean
  is_email_verified?: boolean
  email?: string
  age_range_needs_agreement?: boolean
  age_range?: string
  birthyear_needs_agreement?: boolean
  birthyear?: string
  birthday_needs_agreement?: boolean
  birthday?: string
  birthday_type?: string
  is_leap_month?: boolean
  gender_needs_agreement?: boolean
  gender?: string
  phone_number_needs_agreement?: boolean
  phone_number?: string
  ci_needs_agreement?: boolean
  ci?: string
  ci_authenticated_at?: string
}

export interface WireProfile {
  nickname?: string
  thumbnail_image_url?: string
  profile_image_url?: string
  is_default_image?: boolean
  is_default_nickname?: boolean
}

/** `GET /v1/oidc/userinfo` */
export interface WireUserInfo {
  sub: string
  name?: string
  nickname?: string
  picture?: string
  email?: string
  email_verified?: boolean
  /** `female` or `male`, in letters of either case. */
  gender?: string
  /** `YYYY-MM-DD`; `0000-MM-DD` without the year, `YYYY` without the day. */
  birthdate?: string
  phone_number?: string
  phone_number_verified?: boolean
}

/** `GET /v1/user/access_token_info` */
export interface WireAccessTokenInfo {
  id?: string
  /** Seconds that remain. */
  expires_in: number
  app_id: number
  /** @deprecated In favour of `expires_in`. */
  expiresInMillis?: number
  /** @deprecated In favour of `app_id`. */
  appId?: number
}

/** `POST /v1/user/logout`, `/v1/user/unlink`, `/v1/user/signup`, `/v1/user/update_profile` */
export interface WireUserId {
  id: string
}

/** `GET /v1/user/shipping_address` */
export interface WireShippingAddresses {
  user_id: string
  shipping_addresses_needs_agreement?: boolean
  shipping_addresses?: WireShippingAddress[]
  /** @deprecated */
  has_shipping_addresses?: boolean
}

export interface WireShippingAddress {
  id: string
  is_default: boolean
  name?: string
  /** Seconds since 1970. */
  updated_at?: number
  /** `OLD` or `NEW`. */
  type?: string
  base_address?: string
  detail_address?: string
  receiver_name?: string
  receiver_phone_number1?: string
  /** May be empty. */
  receiver_phone_number2?: string
  /** Always there for `NEW`. */
  zone_number?: string
  zip_code?: string
}
