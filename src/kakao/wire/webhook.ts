/** The unlink webhook: a query or a form. */
export interface WireUnlinkWebhook {
  app_id: string
  user_id: string
  referrer_type: string
  /** Group apps only. */
  group_user_token?: string
}

/** Claims of the account-status webhook, a security event token (RFC 8417) without `exp`. */
export interface WireAccountStatusClaims {
  iss: string
  aud: string
  /** Left out in some samples: then `subject.sub` of the events. */
  sub?: string
  iat: number
  jti: string
  /** When it happened, in seconds. */
  toe?: number
  /** RFC 8417 calls it `txn`. */
  txm?: string
  txn?: string
  /** By event type, a URI. */
  events: { [uri: string]: WireAccountEvent }
}

export interface WireAccountEvent {
  subject?: WireEventSubject
  /** Of `user-unlinked` (as `referrer_type`) and `account-disabled`. */
  reason?: string
  /** Of `credential-change` and `credential-compromise`. */
  credential_type?: string
  /** Of `credential-change`: `create`, `revoke`, `update`, `delete`. */
  change_type?: string
  /** Of `assurance-level-change`: `increase` or `decrease`. */
  change_direction?: string
  current_level?: string
  previous_level?: string
}

export interface WireEventSubject {
  /** `iss-sub` */
  subject_type: string
  iss?: string
  sub?: string
}
