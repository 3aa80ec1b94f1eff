import type { Config } from '../config/index.ts'
import {
  type Db,
  type Engine,
  isStoreUnavailable,
  type MigrationStatus,
  readAppliedStatus,
  type StoreWatch,
  startDeadline,
  takesWrites,
  within,
} from '../db/index.ts'
import type { KakaoBreakerState, KakaoClient, KakaoHost } from '../kakao/index.ts'
import type { SigningKeys } from '../tokens/index.ts'

export interface ReadinessDeps {
  readonly db: Db
  readonly engine: Engine
  readonly watch: Pick<StoreWatch, 'isCurrent'>
  readonly kakao: KakaoClient
  readonly signingKeys: SigningKeys
  readonly config: Pick<Config, 'kakao' | 'store'>
  readonly now: () => Date
}

/** What it takes to serve. */
export type Requirement = 'store' | 'migrations' | 'keys'

/** How far this instance can serve. Holds nothing that a stranger may not know. */
export interface Readiness {
  /** Nothing: it can. */
  readonly failing: readonly Requirement[]
  /** For the log alone: why the store could not be asked. */
  readonly cause?: unknown
  /** For information: whoever is signed in can be served by a store that takes no writes. */
  readonly isReadOnly: boolean
  /** `undefined`: the store could not be asked. */
  readonly migrations: Pick<MigrationStatus, 'current' | 'latest'> | undefined
  /** Whether it learns of what other instances revoke; otherwise it asks the store each time. */
  readonly isListening: boolean
  /** Kakao's public keys: at hand, or not (yet); `unused` where ID tokens are not. */
  readonly kakaoKeys: 'ok' | 'missing' | 'unused'
  /** For information: whoever is signed in can be served without Kakao. */
  readonly kakao: Readonly<Record<KakaoHost, KakaoBreakerState>>
}

const MOST_LOOKS = 10
const PER_MS = 1000
/** However long the store may take for a request: whoever asks gives up sooner than that. */
const LONGEST_MS = 5000

/**
 * Looks whether this instance can serve: at most ten times a second, one look at a time. Whoever
 * asks oftener is told what was seen last. A look that takes too long, as a whole, is a store that
 * does not answer.
 *
 * @throws Whatever the store throws, unless it is merely away.
 */
export function createReadiness(deps: ReadinessDeps): () => Promise<Readiness> {
  let looks = 0
  let since = 0
  let last: Promise<Readiness> | undefined
  let isLooking = false

  const mayLook = (): boolean => {
    const now = deps.now().getTime()
    // A clock that was set back must not make a second last for hours.
    if (Math.abs(now - since) >= PER_MS) {
      since = now
      looks = 0
    }
    return !isLooking && looks < MOST_LOOKS
  }

  return async () => {
    if (mayLook() || last === undefined) {
      looks += 1
      isLooking = true
      last = look(deps).finally(() => {
        isLooking = false
      })
    }
    return await last
  }
}

async function look(deps: ReadinessDeps): Promise<Readiness> {
  const { watch, kakao, config } = deps
  const deadline = startDeadline(Math.min(config.store.timeoutMs, LONGEST_MS))
  const keysState = kakao.keys.areAtHand ? 'ok' : 'missing'
  return {
    ...(await within(deadline, lookAtStore(deps)).catch(toSightless)),
    isListening: watch.isCurrent(),
    kakaoKeys: config.kakao.openIdConnect ? keysState : 'unused',
    kakao: kakao.breakers,
  }
}

type StoreSight = Pick<Readiness, 'failing' | 'cause' | 'isReadOnly' | 'migrations'>

async function lookAtStore({ db, engine, signingKeys }: ReadinessDeps): Promise<StoreSight> {
  const { current, latest, pending } = await readAppliedStatus(db)
  const failing: Requirement[] = pending.length > 0 ? ['migrations'] : []
  if (!(await signingKeys.canOpenNewest())) failing.push('keys')
  const isReadOnly = !(await takesWrites({ db, engine }))
  return { failing, isReadOnly, migrations: { current, latest } }
}

function toSightless(error: unknown): StoreSight {
  if (!isStoreUnavailable(error)) throw error
  return { failing: ['store'], cause: error, isReadOnly: false, migrations: undefined }
}
