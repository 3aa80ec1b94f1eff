import type { Generated, Kysely } from 'kysely'

/** The store: SQLite or PostgreSQL behind one schema. Store functions take it first. */
export type Db = Kysely<Schema>

/** Instants are milliseconds since 1970, UTC; booleans are 0 and 1; hashes are SHA-256, base64url. */
export interface Schema {
  users: UserTable
  identities: IdentityTable
  profiles: ProfileTable
  consents: ConsentTable
  consent_changes: ConsentChangeTable
  sessions: SessionTable
  login_claims: LoginClaimTable
  seen_event_tokens: SeenEventTokenTable
  refresh_tokens: RefreshTokenTable
  signing_keys: SigningKeyTable
  one_time_codes: OneTimeCodeTable
  used_id_tokens: UsedIdTokenTable
  kakao_tokens: KakaoTokenTable
  audit_log: AuditLogTable
  jobs: JobTable
  departed_users: DepartedUserTable
  rejoin_bars: RejoinBarTable
  ended_links: EndedLinkTable
  retained_access_keys: RetainedAccessKeyTable
  retained_access_log: RetainedAccessLogTable
  retained_consents: RetainedConsentTable
  event_lanes: EventLaneTable
  event_deliveries: EventDeliveryTable
  rate_counts: RateCountTable
  store_facts: StoreFactTable
  migrations: MigrationTable
}

/** A member of the service. */
export interface UserTable {
  /** Random; never derived from Kakao's id. */
  id: string
  created_at: number
  nickname: string | null
  picture: string | null
  email: string | null
  email_verified: number
  /** What Kakao last said of the e-mail: see `FieldState`; null before the first reading. */
  email_state: string | null
  phone_number: string | null
  /** When `/v2/user/me` was last read. */
  profile_read_at: number | null
  /** The key that seals what the audit log knows of their devices; itself sealed. */
  sealed_key: string | null
  /** The number of their last event. */
  event_sequence: Generated<number>
}

/** A user's tie to Kakao. */
export interface IdentityTable {
  /** Kakao's user id: up to 19 digits, so text. */
  kakao_id: string
  user_id: string
  linked_at: number
  last_login_at: number
  /** When we last had Kakao end their tokens or the tie. */
  ended_by_us_at: number | null
  /** See `IdentityState`. */
  state: Generated<string>
  /** When profile, consents and terms were last read from Kakao; null: that is due. */
  read_at: number | null
  /** Grows with each login and each change of consent: what was read before is old then. */
  revision: Generated<number>
}

/** Where the values of a profile come from, and those that have no column in `users`. */
export interface ProfileTable {
  user_id: string
  /** JSON: see `StoredFields`. */
  fields: string
}

/** How one consent item or service term of an identity stands. */
export interface ConsentTable {
  kakao_id: string
  /** `item` or `term`. */
  kind: string
  /** The consent item's id or the term's tag. */
  id: string
  agreed: number
  /** null: Kakao did not say. */
  required: number | null
  /** null: Kakao did not say. */
  revocable: number | null
  since: number
  /** See `ConsentPath`. */
  path: string
  /** How many rows of `consent_changes` it has. */
  changes: number
}

/** The history of a consent. Rows never change. */
export interface ConsentChangeTable {
  kakao_id: string
  kind: string
  id: string
  /** From 1. */
  number: number
  agreed: number
  at: number
  path: string
}

export interface SessionTable {
  /** Of the session token in the browser's cookie. Where tokens are used, nobody knows of what. */
  hash: string
  /** Shown to the user and to others; opens nothing. */
  id: string
  user_id: string
  /** With which identity it was begun; null: an older version did. */
  kakao_id: string | null
  /** `cookie` or `token`. */
  kind: string
  device: string
  created_at: number
  last_seen_at: number
  expires_at: number
  /** 1: Kakao has cause to doubt the account; the sign-in proves nothing any more. */
  no_longer_recent: Generated<number>
}

/** An account-status token of Kakao's that has come. */
export interface SeenEventTokenTable {
  /** Of its issuer and its own id. */
  hash: string
  expires_at: number
}

/** An authorization code that a callback has taken, and what came of it. */
export interface LoginClaimTable {
  code_hash: string
  /** Of the `state` that came with the code: it binds the answer to one browser. */
  state_hash: string
  claimed_at: number
  /** After this instant an unanswered claim's holder is taken for dead. */
  held_until: number
  answered_at: number | null
  /** JSON: see `ClaimAnswer`. */
  answer: string | null
}

/** A refresh token of ours. Those of one session are a family: each is the successor of another. */
export interface RefreshTokenTable {
  hash: string
  session_id: string
  issued_at: number
  expires_at: number
  /** When it was exchanged for its successor. */
  rotated_at: number | null
  successor_hash: string | null
}

/** A key that signs, signed or will sign our access tokens. */
export interface SigningKeyTable {
  kid: string
  /** JSON. */
  public_jwk: string
  /** JSON, sealed under `SECRET_KEY`. */
  sealed_private_jwk: string
  signs_from: number
}

/** A code that an app exchanges for tokens, once. */
export interface OneTimeCodeTable {
  hash: string
  user_id: string
  /** With which identity its login was made; null: by an older version. */
  kakao_id: string | null
  redirect_uri: string
  /** PKCE S256, of the app's own verifier. */
  code_challenge: string
  is_new_user: number
  device: string
  expires_at: number
  /** Kakao's tokens, for the session that begins with the exchange: JSON, sealed. */
  sealed_kakao_tokens: string | null
  /** When somebody tried it, whether or not it went well. */
  used_at: number | null
}

/** An ID token that a mobile app has signed in with. */
export interface UsedIdTokenTable {
  hash: string
  /** When nobody could use the token any more, by whatever clock. */
  expires_at: number
}

/** Kakao's tokens of one session, where they are kept: see `KAKAO_TOKENS`. */
export interface KakaoTokenTable {
  session_id: string
  /** JSON, sealed under `SECRET_KEY`. */
  sealed: string
  /** When to ask Kakao for new ones; null: there is no refresh token. */
  renew_at: number | null
  /** Until then some instance is asking. */
  leased_until: number | null
}

/** Who did what, when, from where, with which result. Rows never change. */
export interface AuditLogTable {
  /** Begins with its time, so that ids are in its order. */
  id: string
  at: number
  actor: string
  action: string
  user_id: string | null
  session_id: string | null
  /** Address and `User-Agent`, JSON, sealed under the user's key. */
  sealed_origin: string | null
  result: string
  code: string | null
  request_id: string | null
}

/** Work that outlives a crash: done by whichever instance takes it. */
export interface JobTable {
  id: string
  kind: string
  /** What finds it again: never an id of Kakao's as it is. */
  subject: string
  /** JSON, sealed under `SECRET_KEY`. */
  sealed_payload: string
  created_at: number
  due_at: number
  /** How often it was taken; also says whose turn it is. */
  attempts: number
  /** Until then whoever took it is at work. */
  leased_until: number | null
  /** Given up; a job that was done is gone. */
  failed_at: number | null
}

/** What stays of a user who left, for good. */
export interface DepartedUserTable {
  id: string
  departed_at: number
  /** `member`, `kakao` or `operator`. */
  withdrawn_by: string
  reason: string
}

/** Somebody who left and may not come back yet. */
export interface RejoinBarTable {
  /** HMAC-SHA-256 of the Kakao id, under a key derived from `SECRET_KEY`. */
  kakao_id_hash: string
  /** When they may, and this goes. */
  expires_at: number
}

/** A link that was ended at Kakao minutes ago: what Kakao gave before signs nobody up. */
export interface EndedLinkTable {
  /** As in `rejoin_bars`. */
  kakao_id_hash: string
  ended_at: number
  expires_at: number
}

/** The key of a user who left, while their access log has to be kept. */
export interface RetainedAccessKeyTable {
  user_id: string
  /** As it was in `users`. */
  sealed_key: string
  erase_at: number
}

/** Lines of the audit log with the devices of a user who left, while they have to be kept. */
export interface RetainedAccessLogTable {
  /** As in `audit_log`. */
  id: string
  user_id: string
  at: number
  action: string
  sealed_origin: string
  erase_at: number
}

/** What a user who left had agreed to, while that has to be kept. */
export interface RetainedConsentTable {
  id: string
  user_id: string
  /** `item` or `term`. */
  kind: string
  consent_id: string
  agreed: number
  at: number
  path: string
  erase_at: number
}

/** That a URL has something to be told of a user: one thing at a time, in order. */
export interface EventLaneTable {
  url: string
  user_id: string
  /** When its next delivery is due. */
  due_at: number
  /** Until then whoever took it is at work. */
  leased_until: number | null
  /** How often it was taken: says whose turn it is. */
  turn: number
  /** How often something came to what was waiting already. */
  additions: number
}

/** An event on its way to a URL. What was delivered is gone; users may be gone before. */
export interface EventDeliveryTable {
  /** `evt_…`, the `webhook-id`. */
  event_id: string
  url: string
  user_id: string
  sequence: number
  type: string
  /** JSON, sent as it is. */
  body: string
  /** How many of them failed. */
  attempts: number
  /** HTTP status of the last attempt; null: there was none, or no answer. */
  last_status: number | null
  /** When it became a dead letter. */
  failed_at: number | null
}

/** What one instance counted against a rate limit, for the others to know. */
export interface RateCountTable {
  /** The limit, and a keyed hash of the address or user; one row per instance. */
  key: string
  instance: string
  count: number
  ends_at: number
  changed_at: number
}

/** Facts about the store itself, such as the fingerprint of the secret it was written under. */
export interface StoreFactTable {
  name: string
  value: string
}

/** The numbered steps that this store has taken. */
export interface MigrationTable {
  version: number
  applied_at: number
}
