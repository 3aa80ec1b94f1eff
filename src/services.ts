import type { Config, SecretKeys } from './config/index.ts'
import type { Db } from './db/index.ts'
import type { Services } from './http/services.ts'
import { createDeriver } from './jose/derive.ts'
import { createSealer } from './jose/seal.ts'
import type { KakaoClient } from './kakao/index.ts'
import type { Logger } from './log.ts'
import {
  createAttemptSealer,
  createKeptTokens,
  createLogoutState,
  createProfileRefresher,
} from './login/index.ts'
import { createSessions, type Sessions } from './sessions/index.ts'
import {
  createAccessTokens,
  createOneTimeCodes,
  createRefreshTokens,
  createSigningKeys,
  createTokenSets,
  type SigningKeys,
} from './tokens/index.ts'

export interface ServicesOptions {
  readonly config: Config
  readonly db: Db
  readonly secrets: SecretKeys
  readonly kakao: KakaoClient
  readonly log: Logger
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
  readonly sleep: (ms: number) => Promise<void>
}

/** Puts the parts together, below HTTP. */
export function createServices(options: ServicesOptions): Services {
  const { config, db, secrets, kakao, log, now, randomBytes, sleep } = options
  const seal = (purpose: string) => createSealer({ secrets, purpose, randomBytes })
  const warnOf = (message: string) => (error: unknown) => log.warn({ err: error }, message)

  const sessions = createSessions({ db, config, now })
  const tokens = createTokens(options, sessions)
  const profiles = createProfileRefresher({
    db,
    kakao,
    maxAgeMs: config.login.profileMaxAgeMs,
    now,
    onError: warnOf('a profile could not be read from Kakao'),
  })
  const keptTokens = createKeptTokens({
    db,
    sealer: seal('kakao tokens'),
    isKeeping: config.kakao.keepTokens,
  })
  const base = { db, kakao, config, now, randomBytes }

  return {
    ...base,
    ...tokens,
    sessions,
    attemptSealer: createAttemptSealer(seal('login attempt'), {
      ttlMs: config.login.attemptTtlMs,
      now,
    }),
    logoutState: createLogoutState(seal('logout state'), now),
    startLogin: { ...base, config: config.kakao },
    finishLogin: {
      ...base,
      profiles,
      keptTokens,
      sleep,
      onError: warnOf('the answer to a code could not be kept'),
    },
    nativeLogin: { ...base, tokenSets: tokens.tokenSets },
    logout: {
      ...base,
      sessions,
      keptTokens,
      onError: warnOf("Kakao's tokens could not be ended"),
    },
    log,
  }
}

/** The signing keys, sealed in the store under the secret. */
export function createSealedSigningKeys(
  options: Pick<ServicesOptions, 'config' | 'db' | 'secrets' | 'now' | 'randomBytes'>,
): SigningKeys {
  const { config, db, secrets, now, randomBytes } = options
  const sealer = createSealer({ secrets, purpose: 'signing key', randomBytes })
  const { accessTtlMs } = config.tokens
  return createSigningKeys({ db, sealer, accessTtlMs, now, randomBytes })
}

function createTokens(
  { config, db, secrets, now, randomBytes }: ServicesOptions,
  sessions: Sessions,
): Pick<Services, 'signingKeys' | 'accessTokens' | 'tokenSets' | 'oneTimeCodes'> {
  const { refreshGraceMs, codeTtlMs } = config.tokens
  const signingKeys = createSealedSigningKeys({ config, db, secrets, now, randomBytes })
  const accessTokens = createAccessTokens({ config, keys: signingKeys, now })
  const refreshTokens = createRefreshTokens({
    db,
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
    oneTimeCodes: createOneTimeCodes({ db, ttlMs: codeTtlMs, now }),
  }
}
