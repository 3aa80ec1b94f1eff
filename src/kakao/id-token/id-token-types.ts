export interface KakaoIdTokenExpectation {
  /** The nonce of the authorization request; leave out only where none was sent. */
  readonly nonce?: string
  /** App keys that the token may be meant for. Default: the REST API key alone. */
  readonly audiences?: readonly string[]
}

/** What a verified ID token says. */
export interface KakaoIdToken {
  /** Kakao's user id: digits, as text. */
  readonly subject: string
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** When the person proved to Kakao who they are. */
  readonly authTime?: Date
  readonly nonce?: string
  readonly nickname?: string
  /** Address of a thumbnail, https on Kakao's own hosts. */
  readonly picture?: string
  /** Kakao puts an e-mail here only when it is valid and verified. */
  readonly email?: string
}

/** What Kakao says an ID token holds. */
export interface KakaoTokenInfo extends KakaoIdToken {
  readonly issuer: string
  readonly audience: string
}
