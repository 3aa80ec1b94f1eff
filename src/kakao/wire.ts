/**
 * What Kakao sends, in Kakao's own names. An optional field is absent, never null, when there is
 * nothing to say. Ids are text here; on the wire they are bare numbers of up to 19 digits.
 */

/** `POST /oauth/token`, success. */
export interface WireTokenResponse {
  token_type: string
  access_token: string
  /** Seconds, for the access token and the ID token alike. */
  expires_in: number
  refresh_token?: string
  refresh_token_expires_in?: number
  id_token?: string
  /** Granted consent items, separated by spaces. */
  scope?: string
}

/** An error of kauth. All three may be missing. */
export interface WireKauthError {
  error?: string
  /** May repeat the authorization code: never log it. */
  error_description?: string
  /** `KOE…` */
  error_code?: string
}

/** An error of kapi. */
export interface WireKapiError {
  msg: string
  /** A negative integer. */
  code: number
  api_type?: string
  required_scopes?: string[]
  allowed_scopes?: string[]
}

/** `GET /v2/user/me` */
export interface WireUserMe {
  id: string
  has_signed_up?: boolean
  connected_at?: string
  synched_at?: string
  properties?: Record<string, string>
  kakao_account?: WireKakaoAccount
  for_partner?: { uuid?: string }
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

/** Claims of Kakao's ID token. There is no `email_verified`: `email` is there only if verified. */
export interface WireIdTokenClaims {
  iss: string
  aud: string
  sub: string
  iat: number
  exp: number
  auth_time: number
  nonce?: string
  nickname?: string
  picture?: string
  email?: string
}

/** `GET /.well-known/openid-configuration` */
export interface WireDiscovery {
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  userinfo_endpoint: string
  jwks_uri: string
  token_endpoint_auth_methods_supported: string[]
  subject_types_supported: string[]
  id_token_signing_alg_values_supported: string[]
  request_uri_parameter_supported: boolean
  response_types_supported: string[]
  response_modes_supported: string[]
  grant_types_supported: string[]
  code_challenge_methods_supported: string[]
  claims_supported: string[]
}
