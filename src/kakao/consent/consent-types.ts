import type { CallOptions } from '../client-types.ts'

/** A person's consent items, as `GET /v2/user/scopes` tells them. */
export interface KakaoScopes {
  readonly id: string
  readonly scopes: readonly KakaoScope[]
}

export interface KakaoScope {
  /** Such as `account_email`. */
  readonly id: string
  readonly isAgreed: boolean
  /** Kakao's label. */
  readonly displayName?: string
  /** `PRIVACY` (personal data) or `SERVICE` (permission for a feature). */
  readonly type?: string
  /** `false`: the app no longer asks for it, though the person once agreed. */
  readonly isInUse?: boolean
  /** Only told of items agreed to. */
  readonly isRevocable?: boolean
  readonly isDelegated?: boolean
}

/** A person's service terms (Kakao Sync), as `GET /v2/user/service_terms` tells them. */
export interface KakaoServiceTerms {
  readonly id: string
  readonly serviceTerms: readonly KakaoServiceTerm[]
}

export interface KakaoServiceTerm {
  readonly tag: string
  readonly isAgreed: boolean
  readonly isRequired?: boolean
  /** Means nothing for terms that are not agreed to: Kakao contradicts itself there. */
  readonly isRevocable?: boolean
  readonly agreedAt?: Date
  /** `KAUTH`: on the consent page; `KAPI`: recorded by `upgradeServiceTerms`. */
  readonly agreedBy?: string
}

/** Which service terms to read. */
export interface KakaoServiceTermsQuery extends CallOptions {
  /** `agreed` (Kakao's default): those agreed to; `app`: all of the app's. */
  readonly of?: 'agreed' | 'app'
  /** Those of these tags alone. */
  readonly tags?: readonly string[]
}

/** The terms that a call revoked. Those that could not be revoked are missing. */
export interface KakaoRevokedServiceTerms {
  readonly id: string
  readonly revokedServiceTerms: readonly KakaoRevokedServiceTerm[]
}

export interface KakaoRevokedServiceTerm {
  readonly tag: string
  readonly isAgreed: boolean
}

/** The terms whose consent a call recorded. Those already agreed to, and unknown ones, are missing. */
export interface KakaoAgreedServiceTerms {
  readonly id: string
  readonly agreedServiceTerms: readonly KakaoAgreedServiceTerm[]
}

export interface KakaoAgreedServiceTerm {
  readonly tag: string
  readonly isAgreed: boolean
  readonly agreedAt?: Date
  /** As of {@link KakaoServiceTerm}. */
  readonly agreedBy?: string
}
