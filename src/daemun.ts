import type { IncomingMessage } from 'node:http'
import { setTimeout as nodeSleep } from 'node:timers/promises'
import type { Config } from './config/index.ts'
import type { StoreWork } from './db/index.ts'
import type { EventListener, UserEventType } from './events/index.ts'
import { startHousekeeping } from './housekeeping.ts'
import { createApp } from './http/app.ts'
import { verifyByNode } from './jose/node-verify.ts'
import { createKakaoClient, type KakaoClient } from './kakao/index.ts'
import { createJsonLogger, type Logger, withScope } from './log.ts'
import { createMetrics, createQueueSampler, type Metrics } from './metrics/index.ts'
import { openSealedStore } from './open-sealed-store.ts'
import { createRandomBytes } from './random-bytes.ts'
import { startResealing } from './resealing/index.ts'
import { createServices } from './services.ts'
import { createTracer, tellKakaoRequest, tellStoreWork } from './traces.ts'
import type { Tracer } from './tracing/index.ts'
import { createUnderWay } from './under-way.ts'
import { watchStore } from './watch-store.ts'
import { createDailyReconciliation, type Reconciliation, reconcile } from './webhooks/index.ts'

/** What a server is made of. All but `config` has a default; tests hand in the rest. */
export interface DaemunOptions {
  /** Of `readConfig`. */
  readonly config: Config
  /** Default: JSON lines on stdout, from `LOG_LEVEL` on. */
  readonly log?: Logger
  /** How Kakao is called, and receivers of events. */
  readonly fetch?: typeof fetch
  /** What time it is. */
  readonly now?: () => Date
  /** Milliseconds since any instant, by a clock that nobody sets. Default: `performance.now`. */
  readonly tick?: () => number
  /** Source of every secret and id: has to be cryptographically strong. */
  readonly randomBytes?: (size: number) => Uint8Array
  readonly sleep?: (ms: number) => Promise<void>
  /** Whether the work behind the answers goes on by itself. Default: true; else call `work`. */
  readonly isWorking?: boolean
}

/** The login backend, ready to be asked. */
export interface Daemun {
  /**
   * Answers a request to any of our paths. Needs no `this`.
   *
   * @param node Node's own view of the request, where there is one: it knows the caller's address.
   */
  readonly fetch: (
    request: Request,
    node?: { readonly incoming?: IncomingMessage },
  ) => Response | Promise<Response>
  /** Settles once Kakao's keys are at hand, or could not be had; logins need not wait for it. */
  readonly warmed: Promise<void>
  /**
   * Makes the next key for access tokens. It is published at once and signs in ten minutes.
   *
   * @param options.now Whether it signs at once, as after a leak.
   * @returns Its `kid`.
   */
  rotateSigningKey(options?: { readonly now?: boolean }): Promise<string>
  /**
   * Tells of events as they happen: after their commit, in this process alone, and never again. What
   * must not be missed belongs to `WEBHOOK_URLS`.
   *
   * @param type Such as `user.created`.
   * @param listener What it throws, or rejects with, is logged and harms nothing. Nobody waits for it.
   * @returns What ends it.
   */
  on<Type extends UserEventType>(type: Type, listener: EventListener<Type>): () => void
  /** Does all the work behind the answers that is due now, rather than wait for its turn. */
  work(): Promise<void>
  /**
   * Compares all links with Kakao, which does not repeat an unlink webhook that was lost. It also
   * happens by itself once a day.
   *
   * @throws {KakaoError} Kakao refused, or could not be had.
   * @throws {Error} `KAKAO_ADMIN_KEY` is not set.
   */
  reconcile(): Promise<Reconciliation>
  /** Finishes what is under way and closes the store. */
  close(): Promise<void>
}

/** What a first request to Kakao loads would keep our own first answer waiting. */
const WARM_AFTER_MS = 100
/** How long the answer to a code is kept for those who bring it again. */
const CLAIM_MARGIN_MS = 120_000

/**
 * Opens the store, brings its schema up to date, and puts the parts together.
 *
 * @throws {ConfigError} `SECRET_KEY` cannot open what the store holds; traces are wanted and
 * OpenTelemetry is not installed.
 * @throws {StoreOpenError} The store cannot be opened; `reason` says whether that may pass.
 */
export async function createDaemun(options: DaemunOptions): Promise<Daemun> {
  const {
    config,
    log: logger = createJsonLogger(config.logLevel),
    fetch = globalThis.fetch,
    now = () => new Date(),
    tick = () => performance.now(),
    randomBytes = createRandomBytes(),
    sleep = async (ms) => {
      await nodeSleep(ms)
    },
  } = options

  const log = withScope(logger)
  warnOfSettings(config, log)
  const metrics = createMetrics()
  const tracer = await createTracer(config, { log, randomBytes })
  const store = await openSealedStore(config, {
    now,
    onIdleError: (error) => log.warn({ err: error }, 'an idle connection to the store broke'),
    onMigration: (state, steps) =>
      state === 'begins'
        ? log.info({ steps }, 'the schema is being brought up to date, here or by another instance')
        : log.info({ steps }, 'the schema is up to date'),
    observer: {
      onOperation: metrics.countStoreOperation,
      ...(tracer.isCollecting && {
        onWork: (work: StoreWork) => tellStoreWork(tracer, config, work),
      }),
    },
  })
  const { db, engine, secrets } = store
  const { memory, watch } = watchStore(store, { tick, log })
  const kakao = createClient({ ...options, sleep }, { log, metrics, tracer })
  const services = createServices({
    config,
    db,
    engine,
    watch,
    memory,
    secrets,
    kakao,
    fetch,
    log,
    metrics,
    tracer,
    now,
    randomBytes,
    sleep,
  })
  const queueSampler = createQueueSampler({
    db,
    now,
    metrics,
    jobKinds: services.jobs.kinds,
    onError: (error) => log.warn({ err: error }, 'the queues could not be counted'),
  })
  const housekeeping = startHousekeeping({
    db,
    now,
    claimMaxAgeMs: config.login.attemptTtlMs + CLAIM_MARGIN_MS,
    chores: [
      services.keptTokens.removeUnwanted,
      services.keptTokens.renewDue,
      services.events.sweep,
      createDailyReconciliation(services),
      async () => services.eraser.erase([]),
    ],
    onError: (error) => log.warn({ err: error }, 'housekeeping failed'),
    onRemoved(table, count) {
      if (table === 'sessions') metrics.countExpiredSessions(count)
    },
  })
  const app = createApp(services)
  const underWay = createUnderWay()
  const closing = new AbortController()
  const close = async () => {
    closing.abort()
    // Whoever asked may have left, and the work for them goes on: nothing may outlive the store.
    await Promise.all([
      underWay.settle(),
      housekeeping.stop(),
      services.jobs.stop(),
      services.events.deliveries.stop(),
      queueSampler.stop(),
      services.limits.stop(),
    ])
    await services.eraser.settle()
    await watch.close()
    await db.destroy()
    await tracer.close()
  }
  try {
    await startResealing(services.jobs, { db, secrets, transact: services.transact })
  } catch (error) {
    await close()
    throw error
  }
  // An instance that was killed may have left its journal behind.
  services.eraser.erase([])
  const { isWorking = true } = options
  if (isWorking) {
    services.jobs.start()
    services.events.deliveries.start()
    if (config.metrics !== 'hidden') queueSampler.start()
    services.limits.start()
  }

  return {
    fetch: (request, node = {}) => underWay.run(() => app.fetch(request, node)),
    warmed: warm(kakao, {
      config,
      log,
      afterMs: isWorking ? WARM_AFTER_MS : 0,
      closing: closing.signal,
    }),
    rotateSigningKey: ({ now: atOnce = false } = {}) =>
      underWay.run(() => services.signingKeys.rotate({ now: atOnce })),

    on: services.events.listeners.on,

    work: () =>
      underWay.run(async () => {
        await services.jobs.work()
        await services.events.deliveries.work()
        await services.limits.share()
        await housekeeping.sweep()
        await services.eraser.settle()
        await queueSampler.sample()
      }),

    reconcile: () => underWay.run(() => reconcile(services.webhooks)),

    close,
  }
}

function createClient(
  { config: { kakao }, fetch, now, tick, sleep }: DaemunOptions,
  { log, metrics, tracer }: { log: Logger; metrics: Metrics; tracer: Tracer },
): KakaoClient {
  return createKakaoClient({
    restApiKey: kakao.restApiKey,
    ...(kakao.clientSecret !== undefined && { clientSecret: kakao.clientSecret }),
    kauthUrl: kakao.kauthUrl,
    kapiUrl: kakao.kapiUrl,
    timeoutMs: kakao.timeoutMs,
    maxCalls: kakao.maxCalls,
    verifySignature: verifyByNode,
    ...(fetch !== undefined && { fetch }),
    ...(now !== undefined && { now }),
    ...(tick !== undefined && { tick }),
    ...(sleep !== undefined && { sleep }),
    onError: (error) => log.warn({ err: error }, "Kakao's keys could not be refreshed"),
    onBreaker: ({ host, state }) =>
      state === 'open'
        ? log.error({ host }, 'Kakao fails; it is asked again in 5 seconds')
        : log.info({ host }, 'Kakao answers again'),
    onRequest(report) {
      metrics.countKakaoRequest(report)
      tellKakaoRequest(tracer, kakao, report)
    },
  })
}

interface WarmOptions {
  readonly config: Config
  readonly log: Logger
  readonly afterMs: number
  readonly closing: AbortSignal
}

/** Fetches Kakao's keys ahead of the first visitor, who then waits for the token call alone. */
async function warm(
  kakao: KakaoClient,
  { config, log, afterMs, closing }: WarmOptions,
): Promise<void> {
  if (!config.kakao.openIdConnect) return
  try {
    await nodeSleep(afterMs, undefined, { ref: false, signal: closing })
    await kakao.keys.warm()
  } catch (error) {
    if (closing.aborted) return
    log.warn({ err: error }, "Kakao's keys could not be fetched yet; the first login tries again")
  }
}

function warnOfSettings({ unread, warnings }: Config, log: Logger): void {
  if (unread.length > 0) log.warn({ variables: unread }, 'set, but not used by this version')
  for (const { variable, problem } of warnings) log.warn(`${variable}: ${problem}`)
}
