import type { LoginConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'

export function readLoginConfig(reader: EnvironmentReader): LoginConfig {
  return {
    attemptTtlMs: reader.duration('LOGIN_ATTEMPT_TTL', { fallback: '10m', min: '1s', max: '1d' }),
    appCallbackUrls: readAppCallbackUrls(reader),
    allowUnboundRelay: reader.flag('ALLOW_UNBOUND_RELAY'),
    nativeNonce: reader.choice(
      'KAKAO_NATIVE_NONCE',
      ['if-present', 'required', 's256'],
      'if-present',
    ),
    allowIdOnly: reader.flag('ALLOW_ID_ONLY_LOGIN'),
    profileMaxAgeMs: reader.duration('PROFILE_MAX_AGE', { fallback: '24h', min: '0', max: '10y' }),
  }
}

/** Compared as text later, so kept as they are. */
function readAppCallbackUrls(reader: EnvironmentReader): string[] {
  const variable = 'APP_CALLBACK_URLS'
  return reader.list(variable).filter((entry) => reader.url(variable, entry) !== undefined)
}
