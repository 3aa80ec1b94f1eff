import { randomBytes as nodeRandomBytes } from 'node:crypto'
import { setTimeout as nodeSleep } from 'node:timers/promises'
import { type Config, ConfigError, loadLocalSecretKey, type SecretKeys } from './config/index.ts'
import { matchSecretFingerprint, openStore, type Store } from './db/index.ts'
import { startHousekeeping } from './housekeeping.ts'
import { createApp } from './http/app.ts'
import { createSealer } from './jose/seal.ts'
import { createKakaoClient, type KakaoClient } from './kakao/index.ts'
import { createJsonLogger, type Logger } from './log.ts'
import { createAttemptSealer, createProfileRefresher } from './login/index.ts'
import { createSessions } from './sessions/index.ts'

export interface DaemunOptions {
  readonly config: Config
  /** Default: JSON lines on stdout. */
  readonly log?: Logger
  /** How Kakao is called. */
  readonly fetch?: typeof fetch
  readonly now?: () => Date
  readonly randomBytes?: (size: number) => Uint8Array
  readonly sleep?: (ms: number) => Promise<void>
}

/** The login backend, ready to be asked. */
export interface Daemun {
  /** Answers a request to any of our paths. Needs no `this`. */
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** Settles once Kakao's keys are at hand, or could not be had; logins need not wait for it. */
  readonly warmed: Promise<void>
  /** Finishes what is under way and closes the store. */
  close(): Promise<void>
}

/** Where the secret is kept when none is set: beside the data, outside production only. */
const LOCAL_SECRET_PATH = 'data/secret-key'
/** How long the answer to a code is kept for those who bring it again. */
const CLAIM_MARGIN_MS = 120_000

/**
 * Opens the store, brings its schema up to date, and puts the parts together.
 *
 * @throws {ConfigError} `SECRET_KEY` cannot open what the store holds.
 * @throws Whatever the database says when it cannot be opened.
 */
export async function createDaemun(options: DaemunOptions): Promise<Daemun> {
  const {
    config,
    log = createJsonLogger(config.logLevel),
    now = () => new Date(),
    randomBytes = nodeRandomBytes,
    sleep = async (ms) => {
      await nodeSleep(ms)
    },
  } = options

  const store = await openStore({
    ...config.store,
    now,
    onIdleError: (error) => log.warn({ err: error }, 'an idle connection to the store broke'),
  })
  const { db } = store
  const secrets = await getSecretKeys(config, store)
  const kakao = createClient(options, log)
  const sessions = createSessions({ db, config: config.sessions, now })
  const profiles = createProfileRefresher({
    db,
    kakao,
    maxAgeMs: config.login.profileMaxAgeMs,
    now,
    onError: (error) => log.warn({ err: error }, 'a profile could not be read from Kakao'),
  })
  const sealer = createSealer({ secrets, purpose: 'login attempt', randomBytes })
  const { attemptTtlMs } = config.login
  const housekeeping = startHousekeeping({
    db,
    now,
    claimMaxAgeMs: attemptTtlMs + CLAIM_MARGIN_MS,
    onError: (error) => log.warn({ err: error }, 'housekeeping failed'),
  })

  const app = createApp({
    config,
    db,
    sessions,
    attemptSealer: createAttemptSealer(sealer, { ttlMs: attemptTtlMs, now }),
    startLogin: { kakao, config: config.kakao, now, randomBytes },
    finishLogin: {
      db,
      kakao,
      config,
      sessions,
      profiles,
      now,
      sleep,
      randomBytes,
      onError: (error) => log.warn({ err: error }, 'the answer to a code could not be kept'),
    },
    log,
    randomBytes,
  })

  return {
    fetch: app.fetch,
    warmed: warm(kakao, config, log),

    async close() {
      housekeeping.stop()
      await profiles.drain()
      await db.destroy()
    },
  }
}

async function getSecretKeys(config: Config, { db, engine }: Store): Promise<SecretKeys> {
  const secrets = config.secretKeys ?? (await loadLocalSecretKey(LOCAL_SECRET_PATH))
  if (engine === 'postgres' && !(await matchSecretFingerprint(db, secrets))) {
    await db.destroy()
    const problem = 'is not the one that the store was written under; add that one to the list'
    throw new ConfigError([{ variable: 'SECRET_KEY', problem }])
  }
  return secrets
}

function createClient({ config: { kakao }, fetch, now }: DaemunOptions, log: Logger): KakaoClient {
  return createKakaoClient({
    restApiKey: kakao.restApiKey,
    ...(kakao.clientSecret !== undefined && { clientSecret: kakao.clientSecret }),
    kauthUrl: kakao.kauthUrl,
    kapiUrl: kakao.kapiUrl,
    timeoutMs: kakao.timeoutMs,
    ...(fetch !== undefined && { fetch }),
    ...(now !== undefined && { now }),
    onError: (error) => log.warn({ err: error }, "Kakao's keys could not be refreshed"),
  })
}

/** Fetches Kakao's keys ahead of the first visitor, who then waits for the token call alone. */
async function warm(kakao: KakaoClient, config: Config, log: Logger): Promise<void> {
  if (!config.kakao.openIdConnect) return
  try {
    await kakao.keys.warm()
  } catch (error) {
    log.warn({ err: error }, "Kakao's keys could not be fetched yet; the first login tries again")
  }
}
