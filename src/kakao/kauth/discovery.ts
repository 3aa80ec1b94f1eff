import { getPublicJson } from '../call/call-kauth.ts'
import { omitUndefined, readFlag, readText, readTexts, type Unread } from '../call/fields.ts'
import type { CallOptions } from '../client-types.ts'
import type { KakaoContext } from '../context.ts'
import { KAUTH_ENDPOINTS } from '../endpoints/kauth-endpoints.ts'
import { KakaoUnavailableError } from '../errors.ts'
import type { WireDiscovery } from '../wire.ts'

/** Kakao's OpenID Connect metadata. What a login cannot do without is always there. */
export interface KakaoDiscovery {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly jwksUri: string
  /** On kapi, unlike the others. */
  readonly userinfoEndpoint?: string
  readonly tokenEndpointAuthMethodsSupported?: readonly string[]
  readonly subjectTypesSupported?: readonly string[]
  readonly idTokenSigningAlgValuesSupported?: readonly string[]
  readonly requestUriParameterSupported?: boolean
  readonly responseTypesSupported?: readonly string[]
  readonly responseModesSupported?: readonly string[]
  readonly grantTypesSupported?: readonly string[]
  readonly codeChallengeMethodsSupported?: readonly string[]
  readonly claimsSupported?: readonly string[]
}

export async function getDiscovery(
  context: KakaoContext,
  call?: CallOptions,
): Promise<KakaoDiscovery> {
  const { status, fields } = await getPublicJson(context, KAUTH_ENDPOINTS.discovery, call)
  const discovery = findDiscovery(fields)
  // OpenID Connect Discovery, 4.3: metadata that names another issuer must not be used.
  if (discovery?.issuer !== context.kauthUrl) {
    throw new KakaoUnavailableError('unexpected_shape', { status })
  }
  return discovery
}

function findDiscovery(wire: Unread<WireDiscovery>): KakaoDiscovery | undefined {
  const issuer = readText(wire.issuer)
  const authorizationEndpoint = readText(wire.authorization_endpoint)
  const tokenEndpoint = readText(wire.token_endpoint)
  const jwksUri = readText(wire.jwks_uri)
  if (!(issuer && authorizationEndpoint && tokenEndpoint && jwksUri)) return undefined

  return { issuer, authorizationEndpoint, tokenEndpoint, jwksUri, ...findAbilities(wire) }
}

function findAbilities(wire: Unread<WireDiscovery>) {
  return omitUndefined({
    userinfoEndpoint: readText(wire.userinfo_endpoint),
    tokenEndpointAuthMethodsSupported: readTexts(wire.token_endpoint_auth_methods_supported),
    subjectTypesSupported: readTexts(wire.subject_types_supported),
    idTokenSigningAlgValuesSupported: readTexts(wire.id_token_signing_alg_values_supported),
    requestUriParameterSupported: readFlag(wire.request_uri_parameter_supported),
    responseTypesSupported: readTexts(wire.response_types_supported),
    responseModesSupported: readTexts(wire.response_modes_supported),
    grantTypesSupported: readTexts(wire.grant_types_supported),
    codeChallengeMethodsSupported: readTexts(wire.code_challenge_methods_supported),
    claimsSupported: readTexts(wire.claims_supported),
  })
}
