import type { UnitOfWork } from '../../events/index.ts'
import type { User } from '../../users/index.ts'

/** A person who has just signed up or in. */
export interface SignedInPerson {
  readonly user: User
  readonly kakaoId: string
  readonly isNewUser: boolean
  /** What Kakao gave, sealed, where it is to be kept with the session. */
  readonly sealedKakaoTokens: string | undefined
}

/** What a login that went well hands out. */
export interface LoginGrant<Given> {
  /** How long whoever brings the same code again gets the same. */
  readonly repeatMs: number
  /** Hands it out, within the transaction of the sign-in. */
  give(unit: UnitOfWork, person: SignedInPerson): Promise<Given>
  /** Finds what was handed out; `undefined` when it has ended since: it is never revived. */
  findGiven(): Promise<{ readonly userId: string; readonly given: Given } | undefined>
}

/** How long browsers get the first answer to a code again. */
export const BROWSER_REPEAT_MS = 60_000
