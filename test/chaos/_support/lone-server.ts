import { listen } from '../../../src/cli/listen.ts'
import { createKakaoEmulator, DEMO_APP, type KakaoEmulator } from '../../../src/emulator/index.ts'
import { Browser } from '../../_support/browser.ts'
import { findFreePort } from '../../_support/free-port.ts'
import { type StartedServer, startServer } from '../../_support/started-server.ts'
import { LOAD_PEOPLE } from './load.ts'
import type { Service } from './visitor.ts'

/** One server as a process, with a Kakao in ours. */
export interface LoneServer extends Service {
  readonly port: number
  readonly server: StartedServer
  readonly kakao: KakaoEmulator
  readonly kakaoUrl: string
  browser(): Browser
  close(): Promise<void>
}

const HOST = '127.0.0.1'

export async function startLoneServer(
  folder: string,
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<LoneServer> {
  const [port, kakaoPort] = [await findFreePort(), await findFreePort()]
  const kakao = createKakaoEmulator({
    seed: { apps: [DEMO_APP], people: LOAD_PEOPLE },
    switches: { token_limits: false },
  })
  const kakaoUrl = `http://localhost:${kakaoPort}`
  const listener = await listen((request) => kakao.fetch(request), {
    host: HOST,
    port: kakaoPort,
    setting: 'port',
  })
  const server = await startServer(
    {
      HOST,
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      SECRET_KEY: 'a secret for tests',
      KAKAO_REST_API_KEY: 'demo-rest-api-key',
      KAKAO_CLIENT_SECRET_KEY: 'demo-client-secret',
      KAKAO_ADMIN_KEY: 'demo-admin-key',
      KAKAO_APP_ID: '123456',
      KAKAO_REDIRECT_URI: `http://localhost:${port}/oauth/kakao/login/callback/`,
      KAKAO_KAUTH_URL: kakaoUrl,
      KAKAO_KAPI_URL: kakaoUrl,
      // A busy machine must not look like a store or a Kakao that is away.
      STORE_TIMEOUT: '20s',
      KAKAO_TIMEOUT: '20s',
      ...environment,
    },
    folder,
  )

  return {
    origin: server.url,
    port,
    server,
    kakao,
    kakaoUrl,
    ask: server.ask,
    authorize: kakao.authorize,
    browser: () => new Browser(server.ask, server.url),
    async close() {
      await server.stop()
      await listener.close(0)
    },
  }
}

/** A whole login. @returns The callback's answer. */
export async function loginAt(
  service: Service,
  browser: Browser,
  person: { readonly id: string },
): Promise<Response> {
  const start = await browser.get('/oauth/kakao/login/')
  return await browser.get(await service.authorize(start.headers.get('location') ?? '', person))
}
