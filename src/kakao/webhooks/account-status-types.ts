import type { KakaoEventTypeName } from './event-types.ts'

export interface KakaoAccountStatusExpectation {
  /**
   * Whom the webhook may be meant for: app keys of any kind, or the app id. Default: the REST API
   * key alone.
   */
  readonly audiences?: readonly string[]
}

/** What a verified account-status webhook says. */
export interface KakaoAccountStatus {
  /** The token's own id (`jti`): the same twice is the same webhook twice. */
  readonly id: string
  /** Kakao's user id: digits, as text. Together with `issuer` it says who it is about. */
  readonly subject: string
  readonly issuer: string
  readonly issuedAt: Date
  /** When it happened (`toe`); where Kakao did not say, `issuedAt`. */
  readonly occurredAt: Date
  /** Ties together what one action caused (`txm`, `txn`). */
  readonly transactionId?: string
  /** At least one. */
  readonly events: readonly KakaoAccountEvent[]
}

/** What every event has. */
interface EventBase {
  /** The event type, as Kakao names it. */
  readonly uri: string
  /** All that came with it, unread. It may hold personal data. */
  readonly payload: { readonly [name: string]: unknown }
}

interface UserUnlinked extends EventBase {
  readonly type: 'user-unlinked'
  /** As of the unlink webhook, and others. */
  readonly reason?: string
}

interface AccountDisabled extends EventBase {
  readonly type: 'account-disabled'
  readonly reason?: string
}

interface CredentialCompromise extends EventBase {
  readonly type: 'credential-compromise'
  readonly credentialType?: string
}

interface CredentialChange extends EventBase {
  readonly type: 'credential-change'
  readonly credentialType?: string
  /** `create`, `revoke`, `update`, `delete`. */
  readonly changeType?: string
}

interface AssuranceLevelChange extends EventBase {
  readonly type: 'assurance-level-change'
  /** `increase`, `decrease`. */
  readonly changeDirection?: string
  readonly currentLevel?: string
  readonly previousLevel?: string
}

type DetailedEvent =
  | UserUnlinked
  | AccountDisabled
  | CredentialCompromise
  | CredentialChange
  | AssuranceLevelChange

/** An event of which Kakao tells nothing but that it happened. */
interface PlainEvent extends EventBase {
  readonly type: Exclude<KakaoEventTypeName, DetailedEvent['type']>
}

/** An event of a type that is not in `KAKAO_EVENT_TYPES`: to be accepted, and left alone. */
interface UnknownEvent extends EventBase {
  readonly type: 'unknown'
}

/** One event of an account-status webhook; `type` tells which. */
export type KakaoAccountEvent = PlainEvent | DetailedEvent | UnknownEvent
