import type { ConsentItemId } from '../consent-items.ts'
import type { Client } from './apps.ts'

/** What a person has allowed a client by one login; its codes and tokens stand for it. */
export interface Grant {
  readonly client: Client
  readonly personId: string
  /** When the person signed in at Kakao. */
  readonly authenticatedAt: Date
  readonly nonce: string | undefined
  /** Whether an ID token comes with the tokens. */
  readonly openid: boolean
}

/** An authorization code, not redeemed yet. The link is only made when it is. */
export interface AuthorizationCode {
  readonly grant: Grant
  readonly redirectUri: string
  /** S256 unless `plain` was accepted. */
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | undefined
  /** What was agreed to on the way to this code. */
  readonly agreed: readonly ConsentItemId[]
  readonly expiresAt: Date
}

/** An access or refresh token. */
export interface IssuedToken {
  readonly grant: Grant
  readonly expiresAt: Date
}
