import type { KakaoConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'
import { checkProductionUrl, type Surroundings } from './surroundings.ts'
import { isLoopback } from './url.ts'

export const EMULATOR_PORT = 8001

const KAUTH_URL = 'https://kauth.kakao.com'
const KAPI_URL = 'https://kapi.kakao.com'
const EMULATOR_URL = `http://localhost:${EMULATOR_PORT}`

type KakaoUrls = Pick<KakaoConfig, 'kauthUrl' | 'kapiUrl' | 'startEmulator'>

/** Where Kakao is: itself, or an emulator. */
export function readKakaoUrls(reader: EnvironmentReader, around: Surroundings): KakaoUrls {
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
  checkKakaoUrl(reader, 'KAKAO_KAUTH_URL', { ...around, url: kauthUrl, hasKey })
  checkKakaoUrl(reader, 'KAKAO_KAPI_URL', { ...around, url: kapiUrl, hasKey })
  return { kauthUrl, kapiUrl, startEmulator: false }
}

function checkKakaoUrl(
  reader: EnvironmentReader,
  variable: string,
  around: Surroundings & { url: string; hasKey: boolean },
): void {
  checkProductionUrl(reader, variable, around)
  // Without a key of its own the demo app's is sent, which only an emulator knows.
  if (!around.production && !around.hasKey && !isLoopback(around.url)) {
    reader.report('KAKAO_REST_API_KEY', `is required where ${variable} is not loopback`)
  }
}
