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

/** What was agreed to on a consent page. */
export interface Agreement {
  readonly items: readonly ConsentItemId[]
  /** Tags of service terms. */
  readonly terms: readonly string[]
}

/** An authorization code, not redeemed yet. The link is only made when it is. */
export interface AuthorizationCode {
  readonly grant: Grant
  readonly redirectUri: string
  /** S256 unless `plain` was accepted. */
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | undefined
  /** What was agreed to on the way to this code; absent where nothing was asked. */
  readonly agreed: Agreement | undefined
  readonly expiresAt: Date
}

/** An access or refresh token. */
export interface IssuedToken {
  readonly grant: Grant
  readonly expiresAt: Date
}

export interface AccessToken extends IssuedToken {
  /** The refresh token that came with it, or that it was issued for: they end together. */
  readonly refreshToken: string
}
