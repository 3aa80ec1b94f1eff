import { createKakaoEmulator, type KakaoEmulator } from '../../../src/emulator/index.ts'
import {
  ADMIN,
  authorizeUrl,
  BADA,
  bearer,
  callToken,
  control,
  demoSeed,
  get,
  getCode,
  HANEUL,
  logIn,
  post,
  REDIRECT_URI,
  redeem,
  refresh,
  target,
} from '../../emulator/_support/demo-app.ts'
import { newBrowser, openLogin, submit, submitAndFollow } from '../../emulator/_support/pages.ts'

/** Does what a code stands for. @returns The answer that should name it. */
type Provocation = (kakao: KakaoEmulator) => Promise<Response>

type App = Parameters<typeof demoSeed>[0]

/** On an app with other settings. */
function withApp(app: App, provoke: Provocation): Provocation {
  return () => provoke(createKakaoEmulator({ seed: demoSeed(app) }))
}

/** With a token of a person about whom something changes afterwards. */
function afterChange(change: object, app: App = {}): Provocation {
  return withApp(app, async (kakao) => {
    const tokens = await logIn(kakao)
    await control(kakao, 'PATCH', `people/${HANEUL}`, change)
    return await get(kakao, '/v2/user/me', bearer(tokens))
  })
}

const authorize =
  (parameters: Record<string, string>): Provocation =>
  (kakao) =>
    get(kakao, authorizeUrl(parameters))

const asUser =
  (path: string, form?: Record<string, string>): Provocation =>
  async (kakao) => {
    const headers = bearer(await logIn(kakao))
    return await (form === undefined ? get(kakao, path, headers) : post(kakao, path, form, headers))
  }

async function tooMany(kakao: KakaoEmulator): Promise<Response> {
  for (let logins = 0; logins < 20; logins += 1) await logIn(kakao)
  return await redeem(kakao, await getCode(kakao))
}

async function withoutRequired(kakao: KakaoEmulator): Promise<Response> {
  const browser = newBrowser(kakao)
  const signIn = await openLogin(browser, authorizeUrl())
  const consent = await submitAndFollow(browser, signIn, { person: HANEUL })
  return await submit(browser, consent, { decision: 'agree' })
}

async function tooOften(kakao: KakaoEmulator): Promise<Response> {
  for (let calls = 0; calls < 100; calls += 1) await get(kakao, '/v1/user/ids', ADMIN)
  return await get(kakao, '/v1/user/ids', ADMIN)
}

async function fromElsewhere(kakao: KakaoEmulator): Promise<Response> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'near' })
  const request = new Request('http://kakao.test/oauth/token', { method: 'POST', body })
  return await kakao.fetch(request, { remoteAddress: '203.0.113.1' })
}

async function blocked(kakao: KakaoEmulator): Promise<Response> {
  const tokens = await logIn(kakao)
  await control(kakao, 'PATCH', 'apps/123456', { blocked: true })
  return await get(kakao, '/v2/user/me', bearer(tokens))
}

async function otherKey(kakao: KakaoEmulator): Promise<Response> {
  return await redeem(kakao, await getCode(kakao), { client_id: 'second', client_secret: '' })
}

const SECOND_KEY = [
  { key: 'demo-rest-api-key', client_secret: 'demo-client-secret' },
  { key: 'second' },
]
const WRONG_KEY = { client_id: 'demo-native-app-key' }
const LOGOUT =
  '/oauth/logout?client_id=demo-rest-api-key&logout_redirect_uri=https://elsewhere.test/'

const KOE: Readonly<Record<string, Provocation>> = {
  KOE001: (kakao) => get(kakao, '/oauth/authorize?client_id=a&client_id=b'),
  KOE002: (kakao) => get(kakao, '/oauth/nowhere'),
  KOE004: withApp({ login_enabled: false }, authorize({})),
  KOE005: async () => {
    const seed = demoSeed({ test_members: [BADA] })
    return await get(createKakaoEmulator({ seed, auto: true }), authorizeUrl())
  },
  KOE006: authorize({ redirect_uri: 'https://elsewhere.test/' }),
  KOE007: (kakao) => get(kakao, LOGOUT),
  KOE008: authorize({ ...WRONG_KEY, redirect_uri: 'https://elsewhere.test/' }),
  KOE010: (kakao) => callToken(kakao, { grant_type: 'refresh_token', client_secret: 'wrong' }),
  KOE101: authorize({ client_id: 'nobody' }),
  KOE102: authorize({ channel_public_id: '_channel' }),
  KOE114: withApp({ rest_api_keys: SECOND_KEY }, otherKey),
  KOE127: withApp({ rest_api_keys: [{ key: 'near', allowed_ips: ['192.0.2.1'] }] }, fromElsewhere),
  KOE201: authorize({ response_type: 'other' }),
  KOE202: authorize({ response_type: 'token' }),
  KOE203: withoutRequired,
  KOE204: authorize({ prompt: 'other' }),
  KOE205: authorize({ scope: 'gender' }),
  KOE207: authorize({ client_id: '' }),
  KOE216: authorize({ prompt: 'cert' }),
  KOE237: tooMany,
  KOE303: async (kakao) =>
    redeem(kakao, await getCode(kakao), { redirect_uri: `${REDIRECT_URI}other/` }),
  KOE310: (kakao) => callToken(kakao, { grant_type: 'password' }),
  KOE319: (kakao) => callToken(kakao, { grant_type: 'refresh_token' }),
  KOE320: (kakao) => redeem(kakao, 'unknown'),
  KOE322: (kakao) => refresh(kakao, 'unknown'),
  KOE400: (kakao) => post(kakao, '/oauth/tokeninfo', { id_token: 'unknown' }),
}

const SHIPPING = { consent_items: [{ id: 'shipping_address' as const }] }

const KAPI: Readonly<Record<string, Provocation>> = {
  '-2': (kakao) => get(kakao, '/v1/user/ids?limit=0', ADMIN),
  '-3': asUser('/v2/user/service_terms'),
  '-4': afterChange({ blocked: true }),
  '-10': tooOften,
  '-12': blocked,
  '-101': (kakao) => post(kakao, '/v1/user/unlink', target(BADA), ADMIN),
  '-102': asUser('/v1/user/signup', {}),
  '-103': afterChange({ dormant: true }),
  '-201': asUser('/v1/user/update_profile', { properties: '{"shoe_size":"250"}' }),
  '-401': (kakao) => get(kakao, '/v2/user/me'),
  '-402': withApp(SHIPPING, async (kakao) => {
    const tokens = await logIn(kakao, { id: HANEUL, refuses: ['shipping_address'] })
    return await get(kakao, '/v1/user/shipping_address', bearer(tokens))
  }),
  '-406': afterChange({ under_14: true }, { admits_under_14: false }),
}

/** The codes that the emulator answers by itself, each with a way to get it. */
export const PROVOKED_CODES: Readonly<Record<string, Provocation>> = { ...KOE, ...KAPI }
