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
    scopes: readItems(reader, 'KAKAO_SCOPES'),
    requiredConsents: readItems(reader, 'KAKAO_REQUIRED_CONSENTS').filter((id) => id !== 'openid'),
    openIdConnect: reader.choice('KAKAO_OIDC', ['auto', 'off'], 'auto') === 'auto',
    pkce: reader.choice('KAKAO_PKCE', ['on', 'off'], 'on') === 'on',
    timeoutMs: reader.duration('KAKAO_TIMEOUT', { fallback: '5s', min: '10ms', max: '5m' }),
    maxCalls: reader.integer('KAKAO_MAX_CALLS', { fallback: 100, min: 1, max: 10_000 }),
  }
}

function readItems(reader: EnvironmentReader, variable: string): string[] {
  const items = reader.list(variable).flatMap((entry) => entry.split(/\s+/))
  if (items.some((item) => !/^[A-Za-z0-9_.-]+$/.test(item))) {
    reader.report(variable, 'must be a list of consent item ids, such as account_email')
  }
  return items
}
