import type { SeedApp } from '../seed/seed.ts'
import type { ClientKey } from './apps.ts'

/** The app keys of an app that can be a `client_id`, of all three kinds. */
export function toClientKeys(settings: SeedApp): ClientKey[] {
  const rest = settings.rest_api_keys.map(toRestKey)
  const native = settings.native_app_keys.map((key) => ({
    key,
    kind: 'native' as const,
    redirectUris: [`kakao${key}://oauth`],
    logoutRedirectUris: [],
  }))
  // The seed has no lists for JavaScript keys: they share what the REST API keys have registered.
  const javascript = settings.javascript_keys.map((key) => ({
    key,
    kind: 'javascript' as const,
    redirectUris: rest.flatMap(({ redirectUris }) => redirectUris),
    logoutRedirectUris: rest.flatMap(({ logoutRedirectUris }) => logoutRedirectUris),
  }))
  return [...rest, ...native, ...javascript]
}

function toRestKey(seed: SeedApp['rest_api_keys'][number]): ClientKey {
  const { key, client_secret, redirect_uris, logout_redirect_uris, allowed_ips } = seed
  return {
    key,
    kind: 'rest',
    redirectUris: redirect_uris,
    logoutRedirectUris: logout_redirect_uris,
    ...(client_secret !== undefined && { secret: client_secret }),
    ...(allowed_ips && { allowedIps: allowed_ips }),
  }
}
