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

/**
 * What is known of one item of the account.
 *
 * - `shared`: agreed, and we have it.
 * - `not_agreed`: the person can still be asked.
 * - `none`: agreed, but the account has no such value.
 * - `not_asked`: not set up in the app's console.
 */
export type ItemState = 'shared' | 'not_agreed' | 'none' | 'not_asked'

/** What Kakao tells of a person, as far as we keep it. */
export interface Profile {
  readonly nickname: string | null
  readonly picture: string | null
  readonly email: string | null
  readonly emailVerified: boolean
  readonly emailState: ItemState
  readonly phoneNumber: string | null
}
