import type { EnvironmentReader } from './reader.ts'
import { checkProductionUrl, type Surroundings } from './surroundings.ts'

/** Our own origin as browsers see it: the first redirect URI's, unless told otherwise. */
export function readPublicUrl(
  reader: EnvironmentReader,
  around: Surroundings & { readonly redirectUri: string },
): string {
  const variable = 'PUBLIC_URL'
  const callback = URL.canParse(around.redirectUri) ? new URL(around.redirectUri) : undefined
  const given = reader.text(variable)
  const url = given === undefined ? undefined : reader.origin(variable, given)
  if (url === undefined) return callback?.origin ?? ''

  checkProductionUrl(reader, variable, { ...around, url })
  const { protocol, hostname } = new URL(url)
  // The cookie of a login is set under the one, and has to come back under the other.
  if (callback && (callback.protocol !== protocol || callback.hostname !== hostname)) {
    reader.report(variable, 'must have the scheme and the host of the first KAKAO_REDIRECT_URI')
  }
  return url
}

export function readAppOrigins(reader: EnvironmentReader): string[] {
  const variable = 'APP_ORIGINS'
  return reader.list(variable).flatMap((entry) => reader.origin(variable, entry) ?? [])
}

export function readLogoutRedirectUri(
  reader: EnvironmentReader,
  around: Surroundings & { readonly publicUrl: string },
): string {
  const variable = 'KAKAO_LOGOUT_REDIRECT_URI'
  const given = reader.text(variable)
  if (given === undefined) return `${around.publicUrl}/oauth/kakao/logout/callback/`

  const url = reader.url(variable, given)?.href
  if (url !== undefined) checkProductionUrl(reader, variable, { ...around, url })
  return given
}
