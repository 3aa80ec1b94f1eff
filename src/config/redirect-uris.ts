import type { EnvironmentReader } from './reader.ts'
import { checkProductionUrl, type Surroundings } from './surroundings.ts'

const CALLBACK_PATH = '/oauth/kakao/login/callback'

/** Where Kakao may send the browser: our own callback, then those of page apps. As text, for Kakao. */
export function readRedirectUris(
  reader: EnvironmentReader,
  around: Surroundings,
): readonly [string, ...string[]] {
  const variable = 'KAKAO_REDIRECT_URI'
  const [own = `http://localhost:${around.port}${CALLBACK_PATH}/`, ...others] =
    reader.list(variable)
  const urls = [own, ...others].map((uri) => reader.url(variable, uri))

  const path = urls[0]?.pathname.replace(/\/$/, '')
  if (path !== undefined && path !== CALLBACK_PATH) {
    reader.report(variable, `must begin with our own callback: its path is ${CALLBACK_PATH}/`)
  }
  for (const url of urls) {
    if (url !== undefined) checkProductionUrl(reader, variable, { ...around, url: url.href })
  }
  return [own, ...others]
}
