import type { CallOptions } from './client-types.ts'
import type { KakaoContext } from './context.ts'
import { KakaoUnavailableError } from './errors.ts'
import { omitUndefined, readText, readTexts, type Unread } from './fields.ts'
import { getPublicJson } from './http.ts'
import type { WireDiscovery } from './wire.ts'

/** Kakao's OpenID Connect metadata, as far as it is of use. */
export interface KakaoDiscovery {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly jwksUri: string
  readonly userinfoEndpoint?: string
  readonly codeChallengeMethodsSupported?: readonly string[]
  readonly idTokenSigningAlgValuesSupported?: readonly string[]
  readonly claimsSupported?: readonly string[]
}

export async function getDiscovery(
  context: KakaoContext,
  call?: CallOptions,
): Promise<KakaoDiscovery> {
  const url = `${context.kauthUrl}/.well-known/openid-configuration`
  const { status, fields } = await getPublicJson(context, url, call)
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

  return {
    issuer,
    authorizationEndpoint,
    tokenEndpoint,
    jwksUri,
    ...omitUndefined({
      userinfoEndpoint: readText(wire.userinfo_endpoint),
      codeChallengeMethodsSupported: readTexts(wire.code_challenge_methods_supported),
      idTokenSigningAlgValuesSupported: readTexts(wire.id_token_signing_alg_values_supported),
      claimsSupported: readTexts(wire.claims_supported),
    }),
  }
}
