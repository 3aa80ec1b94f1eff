import type { ConsentPath } from '../events/index.ts'

/** How one consent item, or one service term, stands. */
export interface Consent {
  /** The consent item's id, such as `account_email`, or the term's tag. */
  readonly id: string
  readonly agreed: boolean
  /** `null`: Kakao did not say. */
  readonly required: boolean | null
  /** `null`: Kakao did not say, as of what is not agreed to. */
  readonly revocable: boolean | null
  readonly since: Date
  readonly path: ConsentPath
  /** The newest last; the last one is how it stands. */
  readonly history: readonly ConsentChange[]
}

export interface ConsentChange {
  readonly agreed: boolean
  readonly at: Date
  readonly path: ConsentPath
}

/** What was learned of an item or a term. What Kakao did not say is absent. */
export interface ConsentFact {
  readonly id: string
  readonly agreed: boolean
  readonly required?: boolean
  readonly revocable?: boolean
  /** Since when, where Kakao says. */
  readonly since?: Date
}
