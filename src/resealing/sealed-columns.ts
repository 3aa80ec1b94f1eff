import type { Schema } from '../db/index.ts'

/** A column whose values are sealed under `SECRET_KEY`. */
export interface SealedColumn {
  readonly table: keyof Schema
  /** The primary key. */
  readonly key: string
  readonly column: string
  readonly purpose: string
}

/** Everything that a new first key has to be put under. What a user's own key seals is not here. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'signing_keys', key: 'kid', column: 'sealed_private_jwk', purpose: 'signing key' },
  { table: 'kakao_tokens', key: 'session_id', column: 'sealed', purpose: 'kakao tokens' },
  {
    table: 'one_time_codes',
    key: 'hash',
    column: 'sealed_kakao_tokens',
    purpose: 'kakao tokens',
  },
  { table: 'jobs', key: 'id', column: 'sealed_payload', purpose: 'job' },
  { table: 'users', key: 'id', column: 'sealed_key', purpose: 'user key' },
  {
    table: 'retained_access_keys',
    key: 'user_id',
    column: 'sealed_key',
    purpose: 'user key',
  },
]
