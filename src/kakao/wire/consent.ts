/** `GET /v2/user/scopes`, `POST /v2/user/revoke/scopes` */
export interface WireScopes {
  id: string
  scopes: WireScope[]
}

export interface WireScope {
  id: string
  display_name: string
  /** `PRIVACY` or `SERVICE`. */
  type: string
  /** Whether the app is set up for it now. */
  using: boolean
  agreed: boolean
  /** Only where agreed. */
  revocable?: boolean
  delegated?: boolean
}

/** `GET /v2/user/service_terms` */
export interface WireServiceTerms {
  id: string
  service_terms: WireServiceTerm[]
}

export interface WireServiceTerm {
  tag: string
  required: boolean
  agreed: boolean
  /** Means nothing where not agreed. */
  revocable: boolean
  agreed_at?: string
  /** `KAUTH` (consent page) or `KAPI` (upgrade call). */
  agreed_by?: string
}

/** `POST /v2/user/revoke/service_terms` */
export interface WireRevokedServiceTerms {
  id: string
  /** Terms that could not be revoked are missing. */
  revoked_service_terms: WireRevokedServiceTerm[]
}

export interface WireRevokedServiceTerm {
  tag: string
  agreed: boolean
}

/** `POST /v2/user/upgrade/service_terms` */
export interface WireAgreedServiceTerms {
  id: string
  /** Terms that were agreed to already, or that do not exist, are missing. */
  agreed_service_terms: WireAgreedServiceTerm[]
}

export interface WireAgreedServiceTerm {
  tag: string
  agreed: boolean
  agreed_at?: string
  agreed_by?: string
}
