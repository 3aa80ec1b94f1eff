import { readConfig } from '../../src/config/index.ts'
import { createDaemun } from '../../src/daemun.ts'
import { type Served, serve } from './serve.ts'

/** What our server is to Kakao. */
export const REST_API_KEY = 'interop-rest-api-key'
export const CLIENT_SECRET = 'interop-client-secret'

export function toRedirectUri(origin: string): string {
  return `${origin}/oauth/kakao/login/callback/`
}

/**
 * Our server on a socket, everything at its defaults (state, nonce and PKCE on).
 *
 * @param kakaoUrl Who plays Kakao.
 */
export async function startDaemun(
  origin: string,
  kakaoUrl: string,
  environment: Record<string, string> = {},
): Promise<Served> {
  const config = readConfig({
    SECRET_KEY: 'a secret for tests',
    DATABASE_URL: 'sqlite::memory:',
    LOG_LEVEL: 'silent',
    KAKAO_REST_API_KEY: REST_API_KEY,
    KAKAO_CLIENT_SECRET_KEY: CLIENT_SECRET,
    KAKAO_REDIRECT_URI: toRedirectUri(origin),
    KAKAO_KAUTH_URL: kakaoUrl,
    KAKAO_KAPI_URL: kakaoUrl,
    ...environment,
  })
  const daemun = await createDaemun({ config })
  await daemun.warmed
  const served = await serve(origin, daemun.fetch)
  return {
    origin,
    async close() {
      await served.close()
      await daemun.close()
    },
  }
}
