import type {
  WireAgreedServiceTerm,
  WireAgreedServiceTerms,
  WireRevokedServiceTerm,
  WireRevokedServiceTerms,
  WireScope,
  WireScopes,
  WireServiceTerm,
  WireServiceTerms,
} from '../wire.ts'
import { ALWAYS, listFields, MAYBE } from './fields-of.ts'

const SCOPES = [
  ...listFields<WireScopes>('', { id: ALWAYS, scopes: ALWAYS }),
  ...listFields<WireScope>('scopes[].', {
    id: ALWAYS,
    display_name: ALWAYS,
    type: ALWAYS,
    using: ALWAYS,
    agreed: ALWAYS,
    revocable: MAYBE,
    delegated: MAYBE,
  }),
]

/** What kapi answers about consent, by the names in `CONSENT_ENDPOINTS`. */
export const CONSENT_FIELDS = {
  scopes: SCOPES,
  revokeScopes: SCOPES,
  serviceTerms: [
    ...listFields<WireServiceTerms>('', { id: ALWAYS, service_terms: ALWAYS }),
    ...listFields<WireServiceTerm>('service_terms[].', {
      tag: ALWAYS,
      required: ALWAYS,
      agreed: ALWAYS,
      revocable: ALWAYS,
      agreed_at: MAYBE,
      agreed_by: MAYBE,
    }),
  ],
  revokeServiceTerms: [
    ...listFields<WireRevokedServiceTerms>('', { id: ALWAYS, revoked_service_terms: ALWAYS }),
    ...listFields<WireRevokedServiceTerm>('revoked_service_terms[].', {
      tag: ALWAYS,
      agreed: ALWAYS,
    }),
  ],
  upgradeServiceTerms: [
    ...listFields<WireAgreedServiceTerms>('', { id: ALWAYS, agreed_service_terms: ALWAYS }),
    ...listFields<WireAgreedServiceTerm>('agreed_service_terms[].', {
      tag: ALWAYS,
      agreed: ALWAYS,
      agreed_at: MAYBE,
      agreed_by: MAYBE,
    }),
  ],
} as const
