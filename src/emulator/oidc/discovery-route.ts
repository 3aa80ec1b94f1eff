import { Hono } from 'hono'
import type { WireDiscovery } from '../../kakao/wire.ts'
import { KauthError } from '../errors/kauth-error.ts'
import type { RouteEnv, World } from '../world.ts'

const JSON_HEADERS = { 'content-type': 'application/json;charset=utf-8' }

/** `/.well-known/`: discovery and keys, both under the origin the emulator was asked under. */
export function discoveryRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get('/.well-known/openid-configuration', (c) =>
      c.json(toDiscovery(new URL(c.req.url).origin), 200, JSON_HEADERS),
    )
    .get('/.well-known/jwks.json', async (c) =>
      c.json({ keys: await world.keys.publicKeys() }, 200, JSON_HEADERS),
    )
    .get('/.well-known/sse-configuration', (c) => {
      if (!world.switches.sse_configuration) throw new KauthError('KOE002', { status: 404 })
      return c.json(toTransmitter(new URL(c.req.url).origin), 200, JSON_HEADERS)
    })
}

/** What Kakao once told of its account-status webhook; the delivery method is text, not a list. */
function toTransmitter(origin: string) {
  return {
    issuer: origin,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    delivery_methods_supported: 'http://schemas.openid.net/secevent/risc/delivery-method/push',
  }
}

/** Kakao's own document, its two hosts become one. */
function toDiscovery(origin: string): WireDiscovery {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    userinfo_endpoint: `${origin}/v1/oidc/userinfo`,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    request_uri_parameter_supported: false,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: [
      'iss',
      'aud',
      'sub',
      'auth_time',
      'exp',
      'iat',
      'nonce',
      'nickname',
      'picture',
      'email',
    ],
  }
}
