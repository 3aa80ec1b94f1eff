/** How a session is shown to us: by its cookie, or by access tokens. */
export type SessionKind = 'cookie' | 'token'

/** A user signed in on one device. */
export interface Session {
  /** Names the session to its user; it opens nothing. */
  readonly id: string
  readonly userId: string
  /** The identity it was begun with; `null`: an older version did not keep it. */
  readonly kakaoId: string | null
  readonly kind: SessionKind
  /** Such as `Chrome, macOS`. */
  readonly device: string
  readonly createdAt: Date
  /** Whatever its age, it proves no more who is there: Kakao has cause to doubt the account. */
  readonly isNoLongerRecent: boolean
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}
