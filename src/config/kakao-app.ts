import type { KakaoConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'
import type { Surroundings } from './surroundings.ts'

/** The emulator's demo app, used where no key is set: outside production only. */
const DEMO_APP = {
  restApiKey: 'demo-rest-api-key',
  clientSecret: 'demo-client-secret',
  adminKeys: ['demo-admin-key'],
  appId: '123456',
}

/** What Kakao's console calls an app: who we are there. */
type KakaoApp = Pick<
  KakaoConfig,
  'restApiKey' | 'clientSecret' | 'adminKeys' | 'appId' | 'audiences'
>

export function readKakaoApp(
  reader: EnvironmentReader,
  { production }: Pick<Surroundings, 'production'>,
): KakaoApp {
  const restApiKey = reader.credential('KAKAO_REST_API_KEY')
  const app = {
    clientSecret: reader.credential('KAKAO_CLIENT_SECRET_KEY'),
    adminKeys: reader.credentials('KAKAO_ADMIN_KEY'),
    appId: readAppId(reader),
  }
  const others = ['KAKAO_NATIVE_APP_KEY', 'KAKAO_JAVASCRIPT_KEY'].flatMap((variable) =>
    reader.credentials(variable),
  )
  if (restApiKey !== undefined) return { restApiKey, ...app, audiences: [restApiKey, ...others] }
  if (production) reader.report('KAKAO_REST_API_KEY', 'is required in production')
  return { ...readDemoApp(reader, app), audiences: [DEMO_APP.restApiKey, ...others] }
}

function readDemoApp(
  reader: EnvironmentReader,
  { clientSecret, adminKeys, appId }: Omit<KakaoApp, 'restApiKey' | 'audiences'>,
): Omit<KakaoApp, 'audiences'> {
  // Somebody has an app of their own and forgot half of it.
  if (clientSecret !== undefined && clientSecret !== DEMO_APP.clientSecret) {
    reader.report('KAKAO_CLIENT_SECRET_KEY', 'must be set together with KAKAO_REST_API_KEY')
  }
  return {
    ...DEMO_APP,
    adminKeys: adminKeys.length > 0 ? adminKeys : DEMO_APP.adminKeys,
    appId: appId ?? DEMO_APP.appId,
  }
}

function readAppId(reader: EnvironmentReader): string | undefined {
  const appId = reader.text('KAKAO_APP_ID')
  if (appId !== undefined && !/^\d{1,19}$/.test(appId)) {
    reader.report('KAKAO_APP_ID', 'must be a number')
  }
  return appId
}
