import type { ConsentItemId } from '../consent-items.ts'
import type { SeedApp } from '../seed/seed.ts'
import { toClientKeys } from './client-keys.ts'

/** How an app asks for a consent item; `during_use` only ever when `scope` names it. */
export interface AppConsentItem {
  readonly id: ConsentItemId
  readonly level: 'required' | 'optional' | 'during_use'
}

export type AppServiceTerm = SeedApp['service_terms'][number]

/**
 * An app as set up in the console. It stays the same object for as long as the emulator runs: a
 * change in the console is seen at once by every code and token that was issued before.
 */
export interface App {
  readonly id: number
  /** The settings in the words of the seed, as the control surface shows and changes them. */
  settings: SeedApp
  name: string
  clientKeys: readonly ClientKey[]
  /** Who may enter a test app; absent for any other app. */
  testMembers: ReadonlySet<string> | undefined
}

/** An app key that can be a `client_id`. */
export interface ClientKey {
  readonly key: string
  readonly kind: 'rest' | 'native' | 'javascript'
  /** Absent: not asked for. */
  readonly secret?: string
  readonly redirectUris: readonly string[]
  readonly logoutRedirectUris: readonly string[]
  /** Absent: calls from anywhere. */
  readonly allowedIps?: readonly string[]
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
  return seedApps.map((settings) => {
    while (settings.app_id === undefined && taken.has(next)) next += 1
    const id = settings.app_id ?? next
    taken.add(id)
    return { id, ...toSetUp({ ...settings, app_id: id }) }
  })
}

/** Sets an app up anew. Its id stays. */
export function changeApp(app: App, settings: SeedApp): void {
  Object.assign(app, toSetUp({ ...settings, app_id: app.id }))
}

function toSetUp(settings: SeedApp): Omit<App, 'id'> {
  const { name = `App ${settings.app_id}`, test_members } = settings
  return {
    settings,
    name,
    clientKeys: toClientKeys(settings),
    testMembers: test_members && new Set(test_members),
  }
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
  return key.redirectUris.includes(redirectUri) || acceptsAsLoopback({ app, key }, redirectUri)
}

/** Whether a logout redirect URI is registered under the key, compared as text. */
export function acceptsLogoutRedirectUri({ app, key }: Client, redirectUri: string): boolean {
  return (
    key.logoutRedirectUris.includes(redirectUri) || acceptsAsLoopback({ app, key }, redirectUri)
  )
}

function acceptsAsLoopback({ app, key }: Client, uri: string): boolean {
  if (!app.settings.any_loopback_redirect_uri || key.kind === 'native') return false
  return /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?([/?][^\s\\#]*)?$/.test(uri)
}

/** How the app asks for a consent item; `undefined` where it does not. */
export function findConsentItem({ settings }: App, item: string): AppConsentItem | undefined {
  return settings.consent_items.find(({ id }) => id === item)
}

/** Whether the app has a consent item set up. */
export function hasConsentItem(app: App, item: ConsentItemId): boolean {
  return findConsentItem(app, item) !== undefined
}

/** Whether the app has Kakao Sync: service terms of its own. */
export function hasSync({ settings }: App): boolean {
  return settings.service_terms.length > 0
}
