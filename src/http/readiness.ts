import type { Config } from '../config/index.ts'
import {
  type Db,
  isStoreUnavailable,
  type MigrationStatus,
  readAppliedStatus,
  type StoreWatch,
} from '../db/index.ts'
import type { KakaoBreakerState, KakaoClient, KakaoHost } from '../kakao/index.ts'
import type { SigningKeys } from '../tokens/index.ts'

export interface ReadinessDeps {
  readonly db: Db
  readonly watch: Pick<StoreWatch, 'isCurrent'>
  readonly kakao: KakaoClient
  readonly signingKeys: SigningKeys
  readonly config: Pick<Config, 'kakao'>
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

/**
 * Looks whether this instance can serve: at most ten times a second, one look at a time. Whoever
 * asks oftener is told what was seen last.
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
  const keysState = kakao.keys.areAtHand ? 'ok' : 'missing'
  return {
    ...(await lookAtStore(deps)),
    isListening: watch.isCurrent(),
    kakaoKeys: config.kakao.openIdConnect ? keysState : 'unused',
    kakao: kakao.breakers,
  }
}

async function lookAtStore({
  db,
  signingKeys,
}: ReadinessDeps): Promise<Pick<Readiness, 'failing' | 'cause' | 'migrations'>> {
  try {
    const { current, latest, pending } = await readAppliedStatus(db)
    const failing: Requirement[] = pending.length > 0 ? ['migrations'] : []
    if (!(await signingKeys.canOpenNewest())) failing.push('keys')
    return { failing, migrations: { current, latest } }
  } catch (error) {
    if (!isStoreUnavailable(error)) throw error
    return { failing: ['store'], cause: error, migrations: undefined }
  }
}
