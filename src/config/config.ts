/** Everything that can be set from outside, checked. Durations are milliseconds. */
export interface Config {
  readonly production: boolean
  readonly host: string
  readonly port: number
  readonly logLevel: LogLevel
  /** Our own origin as browsers see it, without a trailing slash. */
  readonly publicUrl: string
  /** Other origins that `next` may lead to and that CORS admits. */
  readonly appOrigins: readonly string[]
  /** The first seals, all open. Absent: made and kept beside the data. */
  readonly secretKeys: SecretKeys | undefined
  readonly kakao: KakaoConfig
  readonly login: LoginConfig
  readonly sessions: SessionConfig
  readonly store: StoreConfig
  /** Variables that are set but that this version does not read yet. */
  readonly unread: readonly string[]
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export type SecretKeys = readonly [string, ...string[]]

export interface KakaoConfig {
  readonly restApiKey: string
  readonly clientSecret: string | undefined
  /** The first is our own callback; the others belong to page apps. */
  readonly redirectUris: readonly [string, ...string[]]
  readonly kauthUrl: string
  readonly kapiUrl: string
  /** Asked for at every login; empty means the console's own consent items. */
  readonly scopes: readonly string[]
  readonly openIdConnect: boolean
  readonly pkce: boolean
  /** For all calls to Kakao within one request together. */
  readonly timeoutMs: number
  /** No key is set: a local Kakao has to be started, or found running, at `kauthUrl`. */
  readonly startEmulator: boolean
}

export interface LoginConfig {
  readonly attemptTtlMs: number
  readonly allowIdOnly: boolean
  readonly profileMaxAgeMs: number
}

export interface SessionConfig {
  /** Since last use. */
  readonly ttlMs: number
  /** Since sign-in. */
  readonly maxMs: number
  readonly perUser: number
}

export interface StoreConfig {
  readonly url: string
  readonly poolSize: number
  readonly timeoutMs: number
}
