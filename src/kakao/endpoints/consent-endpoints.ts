import {
  type KakaoEndpoint,
  OPTIONAL,
  OPTIONAL_COMMAS,
  OPTIONAL_JSON,
  REQUIRED_COMMAS,
  REQUIRED_JSON,
  TARGET,
} from './endpoint.ts'

const USER_OR_ADMIN = { host: 'kapi', auth: ['user', 'admin'] } as const
const READS = { retry: 'safe', retryReason: 'It only reads.' } as const

/** What people agreed to: consent items, and the service terms of Kakao Sync. */
export const CONSENT_ENDPOINTS = {
  scopes: {
    number: 13,
    ...USER_OR_ADMIN,
    path: '/v2/user/scopes',
    methods: ['GET'],
    parameters: { scopes: OPTIONAL_JSON, ...TARGET },
    ...READS,
  },
  revokeScopes: {
    number: 14,
    ...USER_OR_ADMIN,
    path: '/v2/user/revoke/scopes',
    methods: ['POST'],
    parameters: { scopes: REQUIRED_JSON, ...TARGET },
    retry: 'never',
    retryReason: 'Kakao does not say how it answers who revokes twice.',
  },
  serviceTerms: {
    number: 15,
    ...USER_OR_ADMIN,
    path: '/v2/user/service_terms',
    methods: ['GET'],
    parameters: { result: OPTIONAL, tags: OPTIONAL_COMMAS, ...TARGET },
    ...READS,
  },
  revokeServiceTerms: {
    number: 16,
    ...USER_OR_ADMIN,
    path: '/v2/user/revoke/service_terms',
    methods: ['POST'],
    parameters: { tags: REQUIRED_COMMAS, ...TARGET },
    retry: 'never',
    retryReason: 'The second answer would lack the terms that the first revoked.',
  },
  upgradeServiceTerms: {
    number: 17,
    ...USER_OR_ADMIN,
    path: '/v2/user/upgrade/service_terms',
    methods: ['POST'],
    parameters: { tags: REQUIRED_COMMAS, ...TARGET },
    retry: 'never',
    retryReason: 'The second answer would lack the terms that the first recorded.',
  },
} as const satisfies { readonly [name: string]: KakaoEndpoint }
