import type { SigningKeys } from '../../tokens/index.ts'
import { PATHS } from '../paths.ts'
import type { Route } from '../route.ts'

/** `GET /.well-known/jwks.json`: the keys that our access tokens are checked with (RFC 7517). */
export function jwksRoute({ signingKeys }: { signingKeys: SigningKeys }): Route {
  return {
    method: 'get',
    path: PATHS.jwks,

    async handle(context) {
      const keys = await signingKeys.listPublished()
      context.header('cache-control', 'public, max-age=300')
      context.header('access-control-allow-origin', '*')
      return context.json({ keys })
    },
  }
}

/** `GET /.well-known/oauth-authorization-server`: names our endpoints (RFC 8414). */
export function metadataRoute({ issuer }: { issuer: string }): Route {
  const metadata = {
    issuer,
    authorization_endpoint: issuer + PATHS.login,
    token_endpoint: issuer + PATHS.token,
    revocation_endpoint: issuer + PATHS.revoke,
    jwks_uri: issuer + PATHS.jwks,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
  }
  return {
    method: 'get',
    path: PATHS.metadata,
    handle(context) {
      context.header('cache-control', 'public, max-age=300')
      return context.json(metadata)
    },
  }
}
