import { readAppOrigins, readLogoutRedirectUri, readPublicUrl } from './addresses.ts'
import { type Config, LOG_LEVELS } from './config.ts'
import { ConfigError } from './config-error.ts'
import { loadEnvironment } from './environment.ts'
import { readEventsConfig } from './events.ts'
import { readHost } from './host.ts'
import { readKakaoConfig } from './kakao.ts'
import { readLimitsConfig } from './limits.ts'
import { readLoginConfig } from './login.ts'
import { readMetricsAccess } from './metrics.ts'
import { type Environment, EnvironmentReader } from './reader.ts'
import { readSecretKeys } from './secret-keys.ts'
import { readSessionConfig } from './sessions.ts'
import { readStoreConfig } from './store.ts'
import { readTokenConfig } from './tokens.ts'
import { readTracingConfig } from './tracing.ts'
import { findUnknown } from './unknown.ts'
import { findUnread } from './unread.ts'
import { readWithdrawalConfig } from './withdrawal.ts'

/**
 * Reads the configuration from environment variables.
 *
 * @throws {ConfigError} With every problem at once.
 */
export function readConfig(environment: Environment): Config {
  return readWith(new EnvironmentReader(environment))
}

/**
 * Reads the configuration from a `.env` file, where there is one, and from the environment, which
 * beats it.
 *
 * @throws {ConfigError} With every problem at once.
 */
export async function loadConfig(path: string, environment: Environment): Promise<Config> {
  const { values, faults } = await loadEnvironment(path, environment)
  return readWith(new EnvironmentReader(values, faults))
}

function readWith(reader: EnvironmentReader): Config {
  const config = readAll(reader)
  const unknown = findUnknown(reader)
  // What is missing may be what is misspelt.
  if (reader.problems.length > 0) throw new ConfigError([...reader.problems, ...unknown])
  return { ...config, warnings: [...config.warnings, ...unknown] }
}

function readAll(reader: EnvironmentReader): Config {
  const production = readProduction(reader)
  const rehearsal = readRehearsal(reader, production)
  const port = reader.integer('PORT', { fallback: 8000, min: 1, max: 65_535 })
  const around = { production, rehearsal, port }
  const kakao = readKakaoConfig(reader, around)
  const publicUrl = readPublicUrl(reader, { ...around, redirectUri: kakao.redirectUris[0] })
  const store = readStoreConfig(reader)
  const onPostgres = store.url.startsWith('postgres')

  return {
    production,
    host: readHost(reader, production ? '0.0.0.0' : '127.0.0.1'),
    port,
    logLevel: reader.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    publicUrl,
    trustProxy: reader.integer('TRUST_PROXY', { fallback: 0, min: 0, max: 10 }),
    appOrigins: readAppOrigins(reader),
    secretKeys: readSecretKeys(reader, { production, required: production || onPostgres }),
    kakao: {
      ...kakao,
      logoutRedirectUri: readLogoutRedirectUri(reader, { ...around, publicUrl }),
    },
    login: readLoginConfig(reader),
    sessions: readSessionConfig(reader),
    tokens: readTokenConfig(reader, publicUrl),
    withdrawal: readWithdrawalConfig(reader),
    store,
    events: readEventsConfig(reader, around),
    metrics: readMetricsAccess(reader, around),
    tracing: readTracingConfig(reader),
    limits: readLimitsConfig(reader, around),
    unread: findUnread(reader),
    warnings: reader.warnings,
  }
}

/** Anything else, such as `prod`, would be held to no rule of production, and nobody would notice. */
function readProduction(reader: EnvironmentReader): boolean {
  const mode = reader.choice('NODE_ENV', ['production', 'development', 'test'], 'development')
  return mode === 'production'
}

function readRehearsal(reader: EnvironmentReader, production: boolean): boolean {
  const rehearsal = reader.flag('ALLOW_EMULATOR')
  if (production && rehearsal) {
    reader.warn(
      'ALLOW_EMULATOR',
      'admits http and loopback URLs in production: for rehearsals only',
    )
  }
  return rehearsal
}
