import type { Config, SecretKeys } from './config/index.ts'
import { createRereadHandler, createTermReader } from './consents/index.ts'
import { createEraser, type Db, type Engine, type StoreWatch } from './db/index.ts'
import { createEventServices } from './event-services.ts'
import {
  createTransact,
  createUserKeys,
  opensNewestUserKey,
  type Transact,
  type UserKeys,
} from './events/index.ts'
import type { Services } from './http/services.ts'
import { createJobQueue, type JobHandler, type JobQueue } from './jobs/index.ts'
import { createDeriver } from './jose/derive.ts'
import { createSealer, type Sealer } from './jose/seal.ts'
import type { KakaoClient } from './kakao/index.ts'
import { createKeptTokens, handleRevokedCheck } from './kept-tokens/index.ts'
import { createRateLimits, type RateLimits } from './limits/index.ts'
import type { Logger } from './log.ts'
import {
  createAttemptSealer,
  createLogoutState,
  createWithdrawalTickets,
  type FailedLogin,
} from './login/index.ts'
import type { Metrics } from './metrics/index.ts'
import { handleReseal } from './resealing/index.ts'
import { createSessions, type SessionMemory, type Sessions } from './sessions/index.ts'
import {
  createAccessTokens,
  createOneTimeCodes,
  createRefreshTokens,
  createSigningKeys,
  createTokenSets,
  listSigningKeys,
  opensNewest,
  type SigningKeys,
} from './tokens/index.ts'
import type { Tracer } from './tracing/index.ts'
import { handleCheckLink, handleReconcile, type ToldEvent } from './webhooks/index.ts'
import { createUnlinkAlarm, handleUnlink, type UnlinkAlarm } from './withdrawal/index.ts'

export interface ServicesOptions {
  readonly config: Config
  readonly db: Db
  readonly engine: Engine
  readonly watch: StoreWatch
  readonly memory: SessionMemory
  readonly secrets: SecretKeys
  readonly kakao: KakaoClient
  /** How receivers of events are called. */
  readonly fetch: typeof fetch
  readonly log: Logger
  readonly metrics: Metrics
  readonly tracer: Tracer
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
  readonly sleep: (ms: number) => Promise<void>
}

/** Puts the parts together, below HTTP. */
export function createServices(options: ServicesOptions): Services {
  const { config, db, engine, watch, memory, secrets, kakao, log, metrics, tracer } = options
  const { now, randomBytes, sleep } = options
  const seal = (purpose: string) => createSealer({ secrets, purpose, randomBytes })
  const warnOf = (message: string) => (error: unknown) => log.warn({ err: error }, message)

  const userKeys = createSealedUserKeys({ secrets, randomBytes })
  const { audience, ...events } = createEventServices(options)
  const transact = createTransact({
    db,
    userKeys,
    now,
    randomBytes,
    audience,
    memory: {
      announce: (within, userIds) => watch.announce(within, userIds),
      forget: memory.forget,
    },
  })
  // What is done behind the answers leaves visitors their room at Kakao, and has its own.
  const behind = { ...options, kakao: kakao.inLane('background') }
  // Links are to be ended whatever became of visitors' calls, and do not decide about those.
  const unlinking = { ...options, kakao: kakao.inLane('unguarded') }
  const keptTokens = createKeptTokens({
    db,
    transact,
    kakao: behind.kakao,
    sealer: seal('kakao tokens'),
    isKeeping: config.kakao.keepTokens,
    timeoutMs: config.kakao.timeoutMs,
    now,
    sleep,
  })
  const kakaoIdHash = createDeriver(secrets, 'kakao id')
  const eraser = createEraser({ db, onError: warnOf('the files of the store could not be tidied') })
  const terms = createTermReader({ now })
  const jobs = createJobs(options, transact, (queue) => {
    const linkDeps = { ...behind, transact, jobs: queue, kakaoIdHash, keptTokens, eraser }
    return [
      createResealHandler(options, transact),
      createRereadHandler({ ...behind, transact, keptTokens, terms }),
      handleUnlink({ ...unlinking, kakaoIdHash, eraser, alarm: createAlarm(log) }),
      handleRevokedCheck(keptTokens),
      handleCheckLink(linkDeps),
      handleReconcile({
        ...linkDeps,
        onReconciled: ({ checked, missing, unlinked }) =>
          log.info({ checked, missing, unlinked }, 'the links were compared with Kakao'),
      }),
    ]
  })
  const sessions = createSessions({ db, watch, memory, transact, config, now })
  const limits = createLimits(options)
  const tokens = createTokens(options, { sessions, transact, limits })
  const withdrawal = { jobs, kakaoIdHash, keptTokens, eraser, config, randomBytes }
  const withdrawalTickets = createWithdrawalTickets(seal('withdrawal ticket'), {
    ttlMs: config.withdrawal.recentLoginMs,
    now,
  })
  const onFailedLogin = ({ result, kakaoCode }: FailedLogin) =>
    metrics.countFailedLogin(result, kakaoCode)
  const base = { db, transact, jobs, kakao, config, now, randomBytes, unlinks: withdrawal, limits }

  return {
    ...base,
    ...tokens,
    engine,
    watch,
    sessions,
    keptTokens,
    withdrawal,
    eraser,
    withdrawalTickets,
    webhooks: { ...base, ...withdrawal, onEvent: (event) => logEvent(log, event) },
    events,
    attemptSealer: createAttemptSealer(seal('login attempt'), {
      ttlMs: config.login.attemptTtlMs,
      now,
    }),
    logoutState: createLogoutState(seal('logout state'), now),
    startLogin: { ...base, config: config.kakao },
    finishLogin: {
      ...base,
      keptTokens,
      withdrawalTickets,
      sleep,
      onError: warnOf('the answer to a code could not be kept'),
      onFailedLogin,
    },
    revokeConsent: { ...base, keptTokens },
    nativeLogin: {
      ...base,
      keptTokens,
      withdrawalTickets,
      tokenSets: tokens.tokenSets,
      onError: warnOf('a failed login could not be noted'),
      onFailedLogin,
    },
    logout: {
      ...base,
      sessions,
      keptTokens,
      onError: warnOf("Kakao's tokens could not be ended"),
    },
    log,
    metrics,
    tracer,
  }
}

/** The users' keys, sealed in the store under the secret. */
export function createSealedUserKeys({
  secrets,
  randomBytes,
}: Pick<ServicesOptions, 'secrets' | 'randomBytes'>): UserKeys {
  const sealer = createSealer({ secrets, purpose: 'user key', randomBytes })
  return createUserKeys({ sealer, randomBytes })
}

/** The signing keys, sealed in the store under the secret. */
export function createSealedSigningKeys(
  options: Pick<ServicesOptions, 'config' | 'db' | 'secrets' | 'now' | 'randomBytes'>,
): SigningKeys {
  const { config, db, now, randomBytes } = options
  const { accessTtlMs } = config.tokens
  const sealer = createSigningKeySealer(options)
  return createSigningKeys({ db, sealer, accessTtlMs, now, randomBytes })
}

/** Whether the secrets are those that a store was last written under, as far as it holds any proof. */
export async function opensSecrets(
  db: Db,
  options: Pick<ServicesOptions, 'secrets' | 'randomBytes'>,
): Promise<boolean> {
  return (
    opensNewest(await listSigningKeys(db), createSigningKeySealer(options)) &&
    (await opensNewestUserKey(db, createSealedUserKeys(options)))
  )
}

function createSigningKeySealer({
  secrets,
  randomBytes,
}: Pick<ServicesOptions, 'secrets' | 'randomBytes'>): Sealer {
  return createSealer({ secrets, purpose: 'signing key', randomBytes })
}

function createTokens(
  { config, db, secrets, now, randomBytes }: ServicesOptions,
  { sessions, transact, limits }: { sessions: Sessions; transact: Transact; limits: RateLimits },
): Pick<Services, 'signingKeys' | 'accessTokens' | 'tokenSets' | 'oneTimeCodes'> {
  const { refreshGraceMs, codeTtlMs } = config.tokens
  const signingKeys = createSealedSigningKeys({ config, db, secrets, now, randomBytes })
  const accessTokens = createAccessTokens({ config, keys: signingKeys, now })
  const refreshTokens = createRefreshTokens({
    db,
    transact,
    limits,
    sessions,
    graceMs: refreshGraceMs,
    seal: createDeriver(secrets, 'refresh token seal'),
    successor: createDeriver(secrets, 'refresh token successor'),
    now,
  })
  const tokenSets = createTokenSets({ db, sessions, accessTokens, refreshTokens, now, randomBytes })
  return {
    signingKeys,
    accessTokens,
    tokenSets,
    oneTimeCodes: createOneTimeCodes({ transact, ttlMs: codeTtlMs, now }),
  }
}

function createAlarm(log: Logger): UnlinkAlarm {
  return createUnlinkAlarm({
    onRaise: (error) =>
      log.error({ err: error }, 'links cannot be ended at Kakao; this goes on being tried'),
    onEnd: () => log.info('links are ended at Kakao again'),
  })
}

const LIMIT_VARIABLES = {
  login: 'RATE_LIMIT_LOGIN',
  token: 'RATE_LIMIT_TOKEN',
  user: 'RATE_LIMIT_USER',
} as const satisfies Record<keyof Config['limits'], string>

function createLimits(options: ServicesOptions): RateLimits {
  const { config, secrets, log, metrics } = options
  return createRateLimits({
    ...options,
    config: config.limits,
    deriver: createDeriver(secrets, 'rate limit'),
    onRefused: metrics.countRateLimited,
    onFlood: (limit, refused) =>
      log.warn({ variable: LIMIT_VARIABLES[limit], refused }, 'requests are refused: too many'),
    onError: (error) => log.warn({ err: error }, 'each instance counts alone for its rate limits'),
    onRecovery: () => log.info('instances count together again for their rate limits'),
  })
}

/** What is done behind the answers. */
function createJobs(
  { db, secrets, log, metrics, tracer, now, sleep, randomBytes }: ServicesOptions,
  transact: Transact,
  toHandlers: (jobs: JobQueue) => readonly JobHandler[],
): JobQueue {
  const sealer = createSealer({ secrets, purpose: 'job', randomBytes })
  const queue = createJobQueue(
    {
      db,
      transact,
      sealer,
      tracer,
      now,
      sleep,
      randomBytes,
      onFailure(error, { kind, attempts, isLast }) {
        if (isLast) {
          metrics.countJobGivenUp(kind)
          return log.error({ err: error, job: kind }, 'a job was given up')
        }
        // Told once: with Kakao away for a day it would be thousands of times.
        const level = attempts === 1 ? 'warn' : 'debug'
        log[level]({ err: error, job: kind, attempts }, 'a job failed and will be tried again')
      },
      onError: (error) => log.warn({ err: error }, 'jobs could not be looked for'),
    },
    toHandlers,
  )
  metrics.knowJobs(queue.kinds)
  return queue
}

function createResealHandler(
  { db, secrets, log, randomBytes }: ServicesOptions,
  transact: Transact,
): JobHandler {
  return handleReseal({
    db,
    secrets,
    transact,
    randomBytes,
    onDone: ({ resealed, unreadable }) =>
      unreadable > 0
        ? log.error(
            { resealed, unreadable },
            'SECRET_KEY does not list what sealed the rest: add that value',
          )
        : log.info({ resealed }, 'all is sealed under the first key of SECRET_KEY'),
  })
}

/** Events are told once; of an alarm somebody should take notice. */
function logEvent(log: Logger, { type, isKnown, alarm }: ToldEvent): void {
  const entry = { event: type, known: isKnown }
  if (alarm) log.error(entry, 'Kakao warns of a compromised account')
  else log.info(entry, 'Kakao told of an account')
}
