/** A user signed in on one device. */
export interface Session {
  /** Names the session to its user; it opens nothing. */
  readonly id: string
  readonly userId: string
  /** Such as `Chrome, macOS`. */
  readonly device: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}
