/** A member of the service. */
export interface User {
  /** Random; never derived from Kakao's id. */
  readonly id: string
  readonly createdAt: Date
  readonly nickname: string | null
  readonly picture: string | null
  readonly email: string | null
  /** Kakao called the address valid and verified. An address without this identifies nobody. */
  readonly emailVerified: boolean
  /** E.164 where the number could be read, else as Kakao wrote it. */
  readonly phoneNumber: string | null
}
