import type { ConsentItemId } from '../consent-items.ts'
import type { SeedApp } from '../seed/seed.ts'

/** How an app asks for a consent item; `during_use` only ever when `scope` names it. */
export interface AppConsentItem {
  readonly id: ConsentItemId
  readonly level: 'required' | 'optional' | 'during_use'
}

/** An app as set up in the console. */
export interface App {
  readonly id: number
  readonly name: string
  readonly loginEnabled: boolean
  readonly openidConnect: boolean
  readonly consentItems: readonly AppConsentItem[]
  readonly adminKeys: readonly string[]
  readonly clientKeys: readonly ClientKey[]
  readonly admitsUnder14: boolean
  /** Who may enter a test app; absent for any other app. */
  readonly testMembers?: ReadonlySet<string>
  readonly anyLoopbackRedirectUri: boolean
}

/** An app key that can be a `client_id`. */
export interface ClientKey {
  readonly key: string
  readonly kind: 'rest' | 'native' | 'javascript'
  /** Absent: not asked for. */
  readonly secret?: string
  readonly redirectUris: readonly string[]
  readonly logoutRedirectUris: readonly string[]
}

/** A `client_id` with the app it belongs to. */
export interface Client {
  readonly app: App
  readonly key: ClientKey
}

const FIRST_APP_ID = 123456

/** The seed's apps; one without an id gets the next free number. */
export function toApps(seedApps: readonly SeedApp[]): App[] {
  const taken = new Set(seedApps.flatMap(({ app_id }) => app_id ?? []))
  let next = FIRST_APP_ID
  return seedApps.map((seed) => {
    while (seed.app_id === undefined && taken.has(next)) next += 1
    const id = seed.app_id ?? next
    taken.add(id)
    return toApp(seed, id)
  })
}

function toApp(seed: SeedApp, id: number): App {
  return {
    id,
    name: seed.name ?? `App ${id}`,
    loginEnabled: seed.login_enabled,
    openidConnect: seed.openid_connect,
    consentItems: seed.consent_items,
    adminKeys: seed.admin_keys,
    clientKeys: toClientKeys(seed),
    admitsUnder14: seed.admits_under_14,
    anyLoopbackRedirectUri: seed.any_loopback_redirect_uri,
    ...(seed.test_members && { testMembers: new Set(seed.test_members) }),
  }
}

function toClientKeys(seed: SeedApp): ClientKey[] {
  const rest = seed.rest_api_keys.map(({ key, client_secret, ...uris }) => ({
    key,
    kind: 'rest' as const,
    redirectUris: uris.redirect_uris,
    logoutRedirectUris: uris.logout_redirect_uris,
    ...(client_secret !== undefined && { secret: client_secret }),
  }))
  const native = seed.native_app_keys.map((key) => ({
    key,
    kind: 'native' as const,
    redirectUris: [`kakao${key}://oauth`],
    logoutRedirectUris: [],
  }))
  // The seed has no list for JavaScript keys: they share what the REST API keys have registered.
  const shared = rest.flatMap(({ redirectUris }) => redirectUris)
  const javascript = seed.javascript_keys.map((key) => ({
    key,
    kind: 'javascript' as const,
    redirectUris: shared,
    logoutRedirectUris: [],
  }))
  return [...rest, ...native, ...javascript]
}

/** The client that a `client_id` names. */
export function findClient(apps: readonly App[], clientId: string): Client | undefined {
  for (const app of apps) {
    const key = app.clientKeys.find(({ key }) => key === clientId)
    if (key !== undefined) return { app, key }
  }
  return undefined
}

/** Whether a redirect URI is registered under the key, compared as text. */
export function acceptsRedirectUri({ app, key }: Client, redirectUri: string): boolean {
  if (key.redirectUris.includes(redirectUri)) return true
  return app.anyLoopbackRedirectUri && key.kind !== 'native' && isLoopbackUri(redirectUri)
}

/** Whether a logout redirect URI is registered, compared as text. */
export function acceptsLogoutRedirectUri({ app, key }: Client, uri: string): boolean {
  if (key.logoutRedirectUris.includes(uri)) return true
  return app.anyLoopbackRedirectUri && isLoopbackUri(uri)
}

function isLoopbackUri(uri: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?([/?][^\s\\#]*)?$/.test(uri)
}

/** Whether the app has a consent item set up. */
export function hasConsentItem({ consentItems }: App, item: ConsentItemId): boolean {
  return consentItems.some(({ id }) => id === item)
}
