import type { ConfigProblem } from './reader.ts'

/** Everything that can be set from outside, checked. Durations are milliseconds. */
export interface Config {
  readonly production: boolean
  readonly host: string
  readonly port: number
  readonly logLevel: LogLevel
  /** Our own origin as browsers see it, without a trailing slash. */
  readonly publicUrl: string
  /** How many proxies stand before us: so many `X-Forwarded-*` are believed. */
  readonly trustProxy: number
  /** Other origins that `next` may lead to and that CORS admits. */
  readonly appOrigins: readonly string[]
  /** The first seals, all open. Absent: made and kept beside the data. */
  readonly secretKeys: SecretKeys | undefined
  readonly kakao: KakaoConfig
  readonly login: LoginConfig
  readonly sessions: SessionConfig
  readonly tokens: TokenConfig
  readonly withdrawal: WithdrawalConfig
  readonly store: StoreConfig
  readonly events: EventsConfig
  readonly metrics: MetricsAccess
  /** Who collects traces; absent: nobody. */
  readonly tracing: TracingConfig | undefined
  readonly limits: LimitsConfig
  /** Variables that are set but that this version does not read yet. */
  readonly unread: readonly string[]
  /** What is likely a mistake, or should not stay so, but keeps nobody from starting. */
  readonly warnings: readonly ConfigProblem[]
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export type SecretKeys = readonly [string, ...string[]]

export interface KakaoConfig {
  readonly restApiKey: string
  readonly clientSecret: string | undefined
  /** The first calls Kakao; Kakao's unlink webhook may come with any. */
  readonly adminKeys: readonly string[]
  readonly appId: string | undefined
  /** Keys of our app that an ID token, or an account-status webhook, may be meant for. */
  readonly audiences: readonly [string, ...string[]]
  /** Where Kakao sends the browser after its own log-out. */
  readonly logoutRedirectUri: string
  /** Whether each session keeps Kakao's tokens: for what has to be done there in their name. */
  readonly keepTokens: boolean
  /** The first is our own callback; the others belong to page apps. */
  readonly redirectUris: readonly [string, ...string[]]
  readonly kauthUrl: string
  readonly kapiUrl: string
  /** Asked for at every login; empty means the console's own consent items. */
  readonly scopes: readonly string[]
  /** Consent items without which nobody is let in. */
  readonly requiredConsents: readonly string[]
  readonly openIdConnect: boolean
  readonly pkce: boolean
  /** For all calls to Kakao within one request together. */
  readonly timeoutMs: number
  /** How many calls of visitors there may be at once at each of Kakao's hosts. */
  readonly maxCalls: number
  /** No key is set: a local Kakao has to be started, or found running, at `kauthUrl`. */
  readonly startEmulator: boolean
}

export interface LoginConfig {
  readonly attemptTtlMs: number
  /** Exact URLs that a one-time code may be handed to. */
  readonly appCallbackUrls: readonly string[]
  readonly allowUnboundRelay: boolean
  readonly nativeNonce: NativeNonce
  readonly allowIdOnly: boolean
  readonly profileMaxAgeMs: number
}

/** What a mobile app's ID token must have in the way of a nonce. */
export type NativeNonce = 'if-present' | 'required' | 's256'

export interface TokenConfig {
  /** The `aud` of access tokens. */
  readonly audience: string
  readonly accessTtlMs: number
  /** Of a refresh token, since last use. */
  readonly refreshTtlMs: number
  /** Of a session with tokens, since sign-in. */
  readonly refreshMaxMs: number
  /** How long a rotated refresh token still answers, after its successor's first use. */
  readonly refreshGraceMs: number
  /** Of a one-time code. */
  readonly codeTtlMs: number
}

export interface SessionConfig {
  /** Since last use. */
  readonly ttlMs: number
  /** Since sign-in. */
  readonly maxMs: number
  readonly perUser: number
}

export interface WithdrawalConfig {
  /** What an unlink made at Kakao does: the user withdraws, or stays without that tie. */
  readonly onUnlink: 'withdraw' | 'detach'
  /** How old a sign-in may be for what cannot be undone. */
  readonly recentLoginMs: number
  /** How long one who left cannot come back; 0: at once. */
  readonly rejoinAfterMs: number
  readonly retention: Retention
}

/** How long what has to be kept outlives a withdrawal. Absent: not at all. */
export interface Retention {
  readonly accessLogMs?: number
  readonly consentsMs?: number
}

export interface StoreConfig {
  readonly url: string
  /** Where PostgreSQL can be listened to: not through a pooler. */
  readonly listenUrl: string
  readonly poolSize: number
  readonly timeoutMs: number
}

export interface EventsConfig {
  /** Who is told of events; none: none is kept. */
  readonly receivers: readonly Receiver[]
  /** The waits after each failed attempt at telling; after the last, a dead letter. */
  readonly retryMs: readonly number[]
  /** How long the audit log is kept. */
  readonly auditRetentionMs: number
}

/** Who may read the metrics: anybody, whoever brings the token, or nobody. */
export type MetricsAccess = 'open' | { readonly token: string } | 'hidden'

export interface TracingConfig {
  /** An OTLP/HTTP collector; `/v1/traces` is added. */
  readonly endpoint: string
  /** Sent to it, such as its token. */
  readonly headers: Readonly<Record<string, string>>
  readonly serviceName: string
  readonly resourceAttributes: Readonly<Record<string, string>>
  readonly sampler: TraceSampler
}

export const TRACE_SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const

/** Which traces are kept. `parentbased_…`: of a trace that began elsewhere, who began it decides. */
export interface TraceSampler {
  readonly kind: (typeof TRACE_SAMPLERS)[number]
  /** From 0 to 1, of the traces that begin here. */
  readonly ratio: number
}

/** How often somebody may come; `undefined`: as often as they like. */
export interface LimitsConfig {
  /** Per address, on the ways in. */
  readonly login: Rate | undefined
  /** Per address, where tokens are given out and taken back. */
  readonly token: Rate | undefined
  /** Per user, once it is known who they are. */
  readonly user: Rate | undefined
}

/** So many within a window, which opens with its first. */
export interface Rate {
  readonly count: number
  readonly windowMs: number
}

/** A URL that events are sent to. */
export interface Receiver {
  /** As it was set: what waits for it in the store is found by it. */
  readonly url: string
  /** Sign what is sent, all of them. */
  readonly secrets: readonly Uint8Array[]
}
