import type { KakaoConfig } from './config.ts'
import { readKakaoApp } from './kakao-app.ts'
import { readKakaoUrls } from './kakao-urls.ts'
import type { EnvironmentReader } from './reader.ts'
import { readRedirectUris } from './redirect-uris.ts'
import type { Surroundings } from './surroundings.ts'

export function readKakaoConfig(
  reader: EnvironmentReader,
  around: Surroundings,
): Omit<KakaoConfig, 'logoutRedirectUri'> {
  const app = readKakaoApp(reader, around)
  const tokens = reader.choice('KAKAO_TOKENS', ['auto', 'keep', 'never'], 'auto')

  return {
    ...app,
    ...readKakaoUrls(reader, around),
    keepTokens: tokens === 'keep' || (tokens === 'auto' && app.adminKeys.length === 0),
    redirectUris: readRedirectUris(reader, around),
    scopes: readScopes(reader),
    openIdConnect: reader.choice('KAKAO_OIDC', ['auto', 'off'], 'auto') === 'auto',
    pkce: reader.choice('KAKAO_PKCE', ['on', 'off'], 'on') === 'on',
    timeoutMs: reader.duration('KAKAO_TIMEOUT', { fallback: '5s', min: '10ms', max: '5m' }),
  }
}

function readScopes(reader: EnvironmentReader): string[] {
  const scopes = reader.list('KAKAO_SCOPES').flatMap((entry) => entry.split(/\s+/))
  if (scopes.some((scope) => !/^[A-Za-z0-9_.-]+$/.test(scope))) {
    reader.report('KAKAO_SCOPES', 'must be a list of consent item ids, such as account_email')
  }
  return scopes
}
