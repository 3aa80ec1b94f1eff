/** What `GET /oauth/authorize` adds to the redirect URI: a code, or an error. */
export interface WireAuthorizeRedirect {
  code?: string
  error?: string
  error_description?: string
  /** As it was sent. */
  state?: string
}

/** What `GET /oauth/logout` adds to the logout redirect URI. */
export interface WireLogoutRedirect {
  /** As it was sent. */
  state?: string
}

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

/** `GET /.well-known/jwks.json` */
export interface WireKeySet {
  keys: WireKey[]
}

export interface WireKey {
  kid: string
  kty: string
  alg: string
  use: string
  n: string
  e: string
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
