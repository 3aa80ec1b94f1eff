import type { KakaoConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'
import { isHttps, isLoopback } from './url.ts'

export const EMULATOR_PORT = 8001

const KAUTH_URL = 'https://kauth.kakao.com'
const KAPI_URL = 'https://kapi.kakao.com'
const EMULATOR_URL = `http://localhost:${EMULATOR_PORT}`
const CALLBACK_PATH = '/oauth/kakao/login/callback'

/** The emulator's demo app, used where no key is set: outside production only. */
const DEMO_APP = {
  restApiKey: 'demo-rest-api-key',
  clientSecret: 'demo-client-secret',
  adminKeys: ['demo-admin-key'],
  appId: '123456',
}

/** What depends on where we run rather than on Kakao. */
export interface Surroundings {
  readonly production: boolean
  /** Production where http and loopback URLs are allowed: rehearsals and benchmarks. */
  readonly rehearsal: boolean
  readonly port: number
}

export function readKakaoConfig(
  reader: EnvironmentReader,
  around: Surroundings,
): Omit<KakaoConfig, 'logoutRedirectUri'> {
  const restApiKey = reader.text('KAKAO_REST_API_KEY')
  if (restApiKey === undefined && around.production) {
    reader.report('KAKAO_REST_API_KEY', 'is required in production')
  }
  const urls = readKakaoUrls(reader, around)
  const app = readApp(reader, restApiKey)
  const tokens = reader.choice('KAKAO_TOKENS', ['auto', 'keep', 'never'], 'auto')

  return {
    ...app,
    audiences: [
      app.restApiKey,
      ...reader.list('KAKAO_NATIVE_APP_KEY'),
      ...reader.list('KAKAO_JAVASCRIPT_KEY'),
    ],
    keepTokens: tokens === 'keep' || (tokens === 'auto' && app.adminKeys.length === 0),
    redirectUris: readRedirectUris(reader, around),
    ...urls,
    scopes: readScopes(reader),
    openIdConnect: reader.choice('KAKAO_OIDC', ['auto', 'off'], 'auto') === 'auto',
    pkce: reader.choice('KAKAO_PKCE', ['on', 'off'], 'on') === 'on',
    timeoutMs: reader.duration('KAKAO_TIMEOUT', { fallback: '5s', min: '10ms', max: '5m' }),
  }
}

type KakaoApp = Pick<KakaoConfig, 'restApiKey' | 'clientSecret' | 'adminKeys' | 'appId'>

function readApp(reader: EnvironmentReader, restApiKey: string | undefined): KakaoApp {
  const adminKeys = reader.list('KAKAO_ADMIN_KEY')
  const app = {
    clientSecret: reader.text('KAKAO_CLIENT_SECRET_KEY'),
    adminKeys,
    appId: readAppId(reader),
  }
  if (restApiKey !== undefined) return { restApiKey, ...app }
  return {
    restApiKey: DEMO_APP.restApiKey,
    clientSecret: app.clientSecret ?? DEMO_APP.clientSecret,
    adminKeys: adminKeys.length > 0 ? adminKeys : DEMO_APP.adminKeys,
    appId: app.appId ?? DEMO_APP.appId,
  }
}

function readAppId(reader: EnvironmentReader): string | undefined {
  const appId = reader.text('KAKAO_APP_ID')
  if (appId !== undefined && !/^\d{1,19}$/.test(appId)) {
    reader.report('KAKAO_APP_ID', 'must be a number')
  }
  return appId
}

type KakaoUrls = Pick<KakaoConfig, 'kauthUrl' | 'kapiUrl' | 'startEmulator'>

function readKakaoUrls(reader: EnvironmentReader, around: Surroundings): KakaoUrls {
  const hasKey = reader.text('KAKAO_REST_API_KEY') !== undefined
  const given = (['KAKAO_KAUTH_URL', 'KAKAO_KAPI_URL'] as const).filter(
    (variable) => reader.text(variable) !== undefined,
  )
  if (given.length === 0) {
    if (hasKey || around.production) {
      return { kauthUrl: KAUTH_URL, kapiUrl: KAPI_URL, startEmulator: false }
    }
    return { kauthUrl: EMULATOR_URL, kapiUrl: EMULATOR_URL, startEmulator: true }
  }

  // One of them alone would send one Kakao's tokens to the other.
  if (given.length === 1) {
    const missing = given[0] === 'KAKAO_KAUTH_URL' ? 'KAKAO_KAPI_URL' : 'KAKAO_KAUTH_URL'
    reader.report(missing, `must be set together with ${given[0]}`)
  }
  const kauthUrl = reader.baseUrl('KAKAO_KAUTH_URL', KAUTH_URL)
  const kapiUrl = reader.baseUrl('KAKAO_KAPI_URL', KAPI_URL)
  for (const [variable, url] of [
    ['KAKAO_KAUTH_URL', kauthUrl],
    ['KAKAO_KAPI_URL', kapiUrl],
  ] as const) {
    checkKakaoUrl(reader, variable, url, { ...around, hasKey })
  }
  return { kauthUrl, kapiUrl, startEmulator: false }
}

function checkKakaoUrl(
  reader: EnvironmentReader,
  variable: string,
  url: string,
  around: Surroundings & { hasKey: boolean },
): void {
  if (around.production && !around.rehearsal && (!isHttps(url) || isLoopback(url))) {
    reader.report(variable, 'must be https and not loopback in production')
  }
  // Without a key of its own the demo app's is sent, which only an emulator knows.
  if (!around.production && !around.hasKey && !isLoopback(url)) {
    reader.report('KAKAO_REST_API_KEY', `is required where ${variable} is not loopback`)
  }
}

function readRedirectUris(
  reader: EnvironmentReader,
  { production, rehearsal, port }: Surroundings,
): readonly [string, ...string[]] {
  const variable = 'KAKAO_REDIRECT_URI'
  const [own = `http://localhost:${port}${CALLBACK_PATH}/`, ...others] = reader.list(variable)
  const urls = [own, ...others].map((uri) => reader.url(variable, uri))

  const path = urls[0]?.pathname.replace(/\/$/, '')
  if (path !== undefined && !path.endsWith(CALLBACK_PATH)) {
    reader.report(variable, `must lead first to our own callback, ${CALLBACK_PATH}/`)
  }
  if (production && !rehearsal && urls.some((url) => url !== undefined && !isHttps(url.href))) {
    reader.report(variable, 'must be https in production')
  }
  return [own, ...others]
}

function readScopes(reader: EnvironmentReader): string[] {
  const scopes = reader.list('KAKAO_SCOPES').flatMap((entry) => entry.split(/\s+/))
  if (scopes.some((scope) => !/^[A-Za-z0-9_.-]+$/.test(scope))) {
    reader.report('KAKAO_SCOPES', 'must be a list of consent item ids, such as account_email')
  }
  return scopes
}
