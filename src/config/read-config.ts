import { readAppOrigins, readLogoutRedirectUri, readPublicUrl } from './addresses.ts'
import { type Config, LOG_LEVELS } from './config.ts'
import { ConfigError } from './config-error.ts'
import { readKakaoConfig } from './kakao.ts'
import { readLoginConfig } from './login.ts'
import { type Environment, EnvironmentReader } from './reader.ts'
import { readSecretKeys } from './secret-keys.ts'
import { readSessionConfig } from './sessions.ts'
import { readStoreConfig } from './store.ts'
import { readTokenConfig } from './tokens.ts'
import { findUnread } from './unread.ts'

/**
 * Reads the configuration from environment variables.
 *
 * @throws {ConfigError} With every problem at once.
 */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment)
  const config = readAll(reader)
  if (reader.problems.length > 0) throw new ConfigError(reader.problems)
  return config
}

function readAll(reader: EnvironmentReader): Config {
  const production = reader.text('NODE_ENV') === 'production'
  const rehearsal = reader.flag('ALLOW_EMULATOR')
  const port = reader.integer('PORT', { fallback: 8000, min: 1, max: 65_535 })
  const around = { production, rehearsal, port }
  const kakao = readKakaoConfig(reader, around)
  const publicUrl = readPublicUrl(reader, kakao.redirectUris[0], around)
  const store = readStoreConfig(reader)
  const onPostgres = store.url.startsWith('postgres')

  return {
    production,
    host: reader.text('HOST') ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port,
    logLevel: reader.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    publicUrl,
    trustProxy: reader.integer('TRUST_PROXY', { fallback: 0, min: 0, max: 10 }),
    appOrigins: readAppOrigins(reader),
    secretKeys: readSecretKeys(reader, { production, required: production || onPostgres }),
    kakao: { ...kakao, logoutRedirectUri: readLogoutRedirectUri(reader, publicUrl) },
    login: readLoginConfig(reader),
    sessions: readSessionConfig(reader),
    tokens: readTokenConfig(reader, publicUrl),
    store,
    unread: findUnread(reader),
  }
}
