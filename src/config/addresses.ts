import type { Surroundings } from './kakao.ts'
import type { EnvironmentReader } from './reader.ts'
import { isHttps } from './url.ts'

/** Our own origin as browsers see it: the first redirect URI's, unless told otherwise. */
export function readPublicUrl(
  reader: EnvironmentReader,
  redirectUri: string,
  { production, rehearsal }: Surroundings,
): string {
  const variable = 'PUBLIC_URL'
  const given = reader.text(variable)
  if (given === undefined) return URL.canParse(redirectUri) ? new URL(redirectUri).origin : ''

  const origin = reader.origin(variable, given) ?? ''
  if (production && !rehearsal && origin !== '' && !isHttps(origin)) {
    reader.report(variable, 'must be https in production')
  }
  return origin
}

export function readAppOrigins(reader: EnvironmentReader): string[] {
  const variable = 'APP_ORIGINS'
  return reader.list(variable).flatMap((entry) => reader.origin(variable, entry) ?? [])
}

export function readLogoutRedirectUri(reader: EnvironmentReader, publicUrl: string): string {
  const variable = 'KAKAO_LOGOUT_REDIRECT_URI'
  const given = reader.text(variable)
  if (given !== undefined) reader.url(variable, given)
  return given ?? `${publicUrl}/oauth/kakao/logout/callback/`
}
