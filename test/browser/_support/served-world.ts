import { listen } from '../../../src/cli/listen.ts'
import { serveEmulator } from '../../../src/cli/serve-emulator.ts'
import { readConfig } from '../../../src/config/index.ts'
import { createDaemun } from '../../../src/daemun.ts'
import { findFreePort } from '../../_support/free-port.ts'
import { servePageApp } from './page-app.ts'

/** Our server and a Kakao of its own, each on a port, as visitors meet them. */
export interface ServedWorld {
  readonly appUrl: string
  readonly kakaoUrl: string
  /** A page app on an origin of its own. */
  readonly pageAppUrl: string
  close(): Promise<void>
}

const HOST = '127.0.0.1'
const DRAIN_MS = 1000

export async function serveWorld(settings: Record<string, string> = {}): Promise<ServedWorld> {
  const [appPort, kakaoPort] = [await findFreePort(), await findFreePort()]
  const pageAppPort = await findFreePort()
  const pageAppUrl = `http://localhost:${pageAppPort}`
  const appUrl = `http://localhost:${appPort}`
  const kakaoUrl = `http://localhost:${kakaoPort}`

  const emulator = await serveEmulator({
    host: HOST,
    port: kakaoPort,
    setting: 'the emulator',
    auto: false,
  })
  const urls = { appUrl, kakaoUrl, pageAppUrl }
  const daemun = await createDaemun({ config: readWorldConfig(urls, settings) })
  const server = await listen((request) => daemun.fetch(request), {
    host: HOST,
    port: appPort,
    setting: 'PORT',
  })

  const pageApp = await servePageApp(appUrl, pageAppPort)

  return {
    appUrl,
    kakaoUrl,
    pageAppUrl,
    async close() {
      await Promise.all([server, emulator, pageApp].map((one) => one.close(DRAIN_MS)))
      await daemun.close()
    },
  }
}

function readWorldConfig(
  { appUrl, kakaoUrl, pageAppUrl }: Omit<ServedWorld, 'close'>,
  settings: Record<string, string>,
) {
  return readConfig({
    KAKAO_REST_API_KEY: 'demo-rest-api-key',
    KAKAO_CLIENT_SECRET_KEY: 'demo-client-secret',
    KAKAO_REDIRECT_URI: `${appUrl}/oauth/kakao/login/callback/, ${pageAppUrl}/relay`,
    KAKAO_ADMIN_KEY: 'demo-admin-key',
    APP_ORIGINS: pageAppUrl,
    APP_CALLBACK_URLS: `${pageAppUrl}/code`,
    KAKAO_KAUTH_URL: kakaoUrl,
    KAKAO_KAPI_URL: kakaoUrl,
    SECRET_KEY: 'a secret for tests',
    DATABASE_URL: 'sqlite::memory:',
    LOG_LEVEL: 'error',
    ...settings,
  })
}
