export interface KakaoCodeGrant {
  readonly code: string
  readonly redirectUri: string
  /** The PKCE verifier whose challenge the authorization request carried (RFC 7636). */
  readonly codeVerifier?: string
}

/** What Kakao gives for an authorization code. */
export interface KakaoTokens {
  readonly accessToken: string
  /** Of the access token. Where Kakao named no lifetime, the instant of the call. */
  readonly expiresAt: Date
  readonly refreshToken?: string
  readonly refreshTokenExpiresAt?: Date
  readonly idToken?: string
  /** The consent items granted; absent when Kakao did not say. */
  readonly scopes?: readonly string[]
}

/** What Kakao gives for a refresh token. `scopes` is not documented here. */
export interface KakaoRefreshedTokens extends KakaoTokens {
  /** The one to keep from now on: a new one in the old one's last month, else the old one. */
  readonly refreshToken: string
  readonly isRefreshTokenNew: boolean
  /** Of a new refresh token. Absent where the old one goes on, until the time known for it. */
  readonly refreshTokenExpiresAt?: Date
  /** Only where the refresh token came with an ID token. */
  readonly idToken?: string
}
