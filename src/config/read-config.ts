import {
  type Config,
  LOG_LEVELS,
  type SessionConfig,
  type StoreConfig,
  type TokenConfig,
} from './config.ts'
import { readKakaoConfig, type Surroundings } from './kakao.ts'
import { type ConfigProblem, type Environment, EnvironmentReader } from './reader.ts'
import { readSecretKeys } from './secret-keys.ts'
import { findUnread } from './unread.ts'
import { isHttps } from './url.ts'

/** Tokens tell their lifetimes in whole seconds. */
const SECOND = 1000

/** The environment cannot be started with. `problems` holds all that is wrong, and no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, problem }) => `${variable}: ${problem}`).join('\n'))
    this.problems = problems
  }
}

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
    login: {
      attemptTtlMs: reader.duration('LOGIN_ATTEMPT_TTL', '10m'),
      appCallbackUrls: readAppCallbackUrls(reader),
      allowUnboundRelay: reader.flag('ALLOW_UNBOUND_RELAY'),
      nativeNonce: reader.choice(
        'KAKAO_NATIVE_NONCE',
        ['if-present', 'required', 's256'],
        'if-present',
      ),
      allowIdOnly: reader.flag('ALLOW_ID_ONLY_LOGIN'),
      profileMaxAgeMs: reader.duration('PROFILE_MAX_AGE', '24h', 0),
    },
    sessions: readSessionConfig(reader),
    tokens: readTokenConfig(reader, publicUrl),
    store,
    unread: findUnread(reader),
  }
}

function readPublicUrl(
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

function readAppOrigins(reader: EnvironmentReader): string[] {
  const variable = 'APP_ORIGINS'
  return reader.list(variable).flatMap((entry) => reader.origin(variable, entry) ?? [])
}

/** Compared as text later, so kept as they are. */
function readAppCallbackUrls(reader: EnvironmentReader): string[] {
  const variable = 'APP_CALLBACK_URLS'
  return reader.list(variable).filter((entry) => reader.url(variable, entry) !== undefined)
}

function readLogoutRedirectUri(reader: EnvironmentReader, publicUrl: string): string {
  const variable = 'KAKAO_LOGOUT_REDIRECT_URI'
  const given = reader.text(variable)
  if (given !== undefined) reader.url(variable, given)
  return given ?? `${publicUrl}/oauth/kakao/logout/callback/`
}

function readTokenConfig(reader: EnvironmentReader, publicUrl: string): TokenConfig {
  return {
    audience: reader.text('TOKEN_AUDIENCE') ?? publicUrl,
    accessTtlMs: reader.duration('ACCESS_TOKEN_TTL', '15m', SECOND),
    refreshTtlMs: reader.duration('REFRESH_TOKEN_TTL', '60d', SECOND),
    refreshMaxMs: reader.duration('REFRESH_TOKEN_MAX', '1y', SECOND),
    refreshGraceMs: reader.duration('REFRESH_GRACE', '10s', 0),
    codeTtlMs: reader.duration('LOGIN_CODE_TTL', '60s', SECOND),
  }
}

function readSessionConfig(reader: EnvironmentReader): SessionConfig {
  return {
    ttlMs: reader.duration('SESSION_TTL', '30d'),
    maxMs: reader.duration('SESSION_MAX', '1y'),
    perUser: reader.integer('SESSIONS_PER_USER', { fallback: 50, min: 1, max: 10_000 }),
  }
}

function readStoreConfig(reader: EnvironmentReader): StoreConfig {
  const url = reader.text('DATABASE_URL') ?? 'sqlite:data/daemun.db'
  if (!/^(sqlite:.|postgres(ql)?:\/\/.)/.test(url)) {
    reader.report('DATABASE_URL', 'must be sqlite:PATH or postgres://…')
  }
  return {
    url,
    poolSize: reader.integer('DATABASE_POOL_SIZE', { fallback: 10, min: 1, max: 1000 }),
    timeoutMs: reader.duration('STORE_TIMEOUT', '2s'),
  }
}
