import type { Store } from '../../../src/db/index.ts'
import type { EmulatorSeed } from '../../../src/emulator/index.ts'
import { Browser } from '../../_support/browser.ts'
import { openStoreAt, type TestEngine } from '../../_support/engines.ts'
import { type Json, login, readJson } from '../../_support/login.ts'
import { createSharedStore } from '../../_support/shared-store.ts'
import { KAKAO, type World, type WorldOptions } from '../../_support/world.ts'

export const APP_ID = 123456

/** An app that asks for everything, with terms; nickname and one of the terms are required. */
export const SEED: EmulatorSeed = {
  apps: [
    {
      app_id: APP_ID,
      rest_api_keys: [{ key: 'demo-rest-api-key', client_secret: 'demo-client-secret' }],
      native_app_keys: ['demo-native-app-key'],
      admin_keys: ['demo-admin-key'],
      any_loopback_redirect_uri: true,
      consent_items: [
        { id: 'profile_nickname', level: 'required' },
        { id: 'profile_image', level: 'optional' },
        { id: 'account_email', level: 'optional' },
        { id: 'phone_number', level: 'optional' },
        { id: 'gender', level: 'optional' },
        { id: 'birthday', level: 'optional' },
        { id: 'birthyear', level: 'during_use' },
      ],
      service_terms: [
        { tag: 'service_20260101', required: true },
        { tag: 'marketing_20260101', required: false },
      ],
    },
  ],
  people: [
    {
      id: '1000000001',
      nickname: '김하늘',
      email: 'haneul@example.com',
      phone_number: '+82 010-1234-5678',
      gender: 'female',
      birthday: '0412',
      birthday_type: 'LUNAR',
      birthyear: '1990',
    },
    { id: '1000000002', nickname: '이바다', gender: 'male' },
  ],
}

/** A server whose Kakao key has no admin key beside it. */
export const WITHOUT_ADMIN_KEY = {
  KAKAO_REST_API_KEY: 'demo-rest-api-key',
  KAKAO_CLIENT_SECRET_KEY: 'demo-client-secret',
  KAKAO_KAUTH_URL: KAKAO,
  KAKAO_KAPI_URL: KAKAO,
}

/** A server, its store, and a Kakao with the app above. */
export interface ConsentScene {
  readonly world: World
  readonly store: Store
  open(options?: WorldOptions): Promise<World>
  close(): Promise<void>
}

export async function createConsentScene(
  engine: TestEngine,
  options: WorldOptions = {},
): Promise<ConsentScene> {
  const shared = await createSharedStore(engine)
  const open = (more: WorldOptions = {}) => shared.open({ emulator: { seed: SEED }, ...more })
  const world = await open(options)
  const store = await openStoreAt(shared.url)
  return {
    world,
    store,
    open,
    async close() {
      await store.db.destroy()
      await shared.close()
    },
  }
}

/** What was told of a user, in order: the lines of the audit log, as far as a test looks at them. */
export async function readAuditLog({ store }: ConsentScene): Promise<string[]> {
  const lines = await store.db.selectFrom('audit_log').selectAll().orderBy('id').execute()
  return lines.map(({ action, actor, result, code }) =>
    [action, actor.split(':')[0], result, ...(code === null ? [] : [code])].join(' '),
  )
}

/** Signs somebody up who refuses some items, and has all work behind it done. */
export async function signUp(
  world: World,
  person: Parameters<typeof login>[2],
  query: Record<string, string> = {},
): Promise<Browser> {
  const browser = world.browser()
  const response = await login(world, browser, person, query)
  if (response.status >= 400) throw new Error(`no sign-up: ${await response.text()}`)
  await world.daemun.work()
  return browser
}

/** What the user sees of one of their consents. */
export interface ConsentView extends Json {
  readonly id: string
  readonly history: readonly Json[]
}

export async function readConsents(browser: Browser): Promise<Record<string, ConsentView>> {
  const { consents } = await readJson(await browser.get('/me/consents/'))
  return Object.fromEntries((consents as ConsentView[]).map((item) => [item.id, item]))
}

/** What the user sees of the fields of their profile. */
export async function readProfile(browser: Browser): Promise<Record<string, Json>> {
  return (await readJson(await browser.get('/me/'))).profile as Record<string, Json>
}

/** A person takes back a consent on Kakao's own page of connected services. */
export async function withdrawAtKakao(world: World, person: string, item: string): Promise<void> {
  const browser = new Browser(world.kakao.fetch, KAKAO)
  await browser.get('/account/services')
  await browser.post('/account/services', new URLSearchParams({ person }))
  const withdrawal = { app_id: String(APP_ID), withdraw: item }
  await browser.post('/account/services', new URLSearchParams(withdrawal))
}

/** A person changes their Kakao Account. */
export async function changeAtKakao(world: World, person: string, changes: Json): Promise<void> {
  const url = `${KAKAO}/_emulator/people/${person}`
  const init = { method: 'PATCH', body: JSON.stringify(changes) }
  const response = await world.kakao.fetch(new Request(url, init))
  if (response.status !== 200) throw new Error(`not changed: ${await response.text()}`)
}

/** What Kakao holds of a person's tie to the app; `undefined` where there is none. */
export async function findLink(world: World, person: string): Promise<Json | undefined> {
  const url = `${KAKAO}/_emulator/people/${person}/links`
  const { links } = await readJson(await world.kakao.fetch(new Request(url)))
  return (links as Json[])[0]
}

/** A person disconnects the app in Kakao's settings. */
export async function unlinkAtKakao(world: World, person: string): Promise<void> {
  const url = `${KAKAO}/_emulator/people/${person}/unlink`
  const body = JSON.stringify({ app_id: APP_ID, referrer_type: 'UNLINK_FROM_APPS' })
  const response = await world.kakao.fetch(new Request(url, { method: 'POST', body }))
  if (response.status !== 200) throw new Error(`not unlinked: ${await response.text()}`)
}
