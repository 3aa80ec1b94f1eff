import { callKapi } from '../call/call-kapi.ts'
import type { KapiAccess } from '../call/caller.ts'
import type { CallOptions } from '../client-types.ts'
import { CONSENT_ENDPOINTS } from '../endpoints/consent-endpoints.ts'
import type {
  KakaoAgreedServiceTerms,
  KakaoRevokedServiceTerms,
  KakaoServiceTerms,
  KakaoServiceTermsQuery,
} from './consent-types.ts'
import {
  findAgreedServiceTerms,
  findRevokedServiceTerms,
  findServiceTerms,
} from './to-service-terms.ts'

const RESULT = { agreed: 'agreed_service_terms', app: 'app_service_terms' } as const

export async function getServiceTerms(
  access: KapiAccess,
  { of, tags, ...call }: KakaoServiceTermsQuery = {},
): Promise<KakaoServiceTerms> {
  const parameters = { result: of && RESULT[of], tags }
  return await callKapi(
    access,
    { endpoint: CONSENT_ENDPOINTS.serviceTerms, parameters, read: findServiceTerms },
    call,
  )
}

export async function revokeServiceTerms(
  access: KapiAccess,
  tags: readonly string[],
  call?: CallOptions,
): Promise<KakaoRevokedServiceTerms> {
  const endpoint = CONSENT_ENDPOINTS.revokeServiceTerms
  return await callKapi(
    access,
    { endpoint, parameters: { tags }, read: findRevokedServiceTerms },
    call,
  )
}

export async function upgradeServiceTerms(
  access: KapiAccess,
  tags: readonly string[],
  call?: CallOptions,
): Promise<KakaoAgreedServiceTerms> {
  const endpoint = CONSENT_ENDPOINTS.upgradeServiceTerms
  return await callKapi(
    access,
    { endpoint, parameters: { tags }, read: findAgreedServiceTerms },
    call,
  )
}
