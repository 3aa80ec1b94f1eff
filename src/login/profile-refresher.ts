import type { Config } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import type { KakaoClient } from '../kakao/index.ts'
import { findUserByKakaoId, type KnownUser, toProfile, updateProfile } from '../users/index.ts'
import type { ReadFactsDeps } from './facts.ts'

export interface ProfileRefresherDeps {
  readonly db: Db
  readonly kakao: KakaoClient
  readonly maxAgeMs: number
  readonly now: () => Date
  /** Told of a profile that could not be read; the next login tries again. */
  readonly onError: (error: unknown) => void
}

/** Keeps profiles up to date outside the visitor's wait. */
export interface ProfileRefresher {
  isFresh(known: KnownUser): boolean
  /** Begins to read a profile, and returns at once. */
  refresh(userId: string, accessToken: string): void
  /** Waits for the readings under way. */
  drain(): Promise<void>
}

export function createProfileRefresher(deps: ProfileRefresherDeps): ProfileRefresher {
  const { db, kakao, maxAgeMs, now, onError } = deps
  const underWay = new Set<Promise<void>>()

  async function read(userId: string, accessToken: string): Promise<void> {
    try {
      const me = await kakao.asUser(accessToken).getMe()
      await updateProfile(db, userId, await toProfile(me), now())
    } catch (error) {
      onError(error)
    }
  }

  return {
    isFresh({ profileReadAt }) {
      return profileReadAt !== null && profileReadAt.getTime() + maxAgeMs > now().getTime()
    },

    refresh(userId, accessToken) {
      const reading = read(userId, accessToken).finally(() => underWay.delete(reading))
      underWay.add(reading)
    },

    async drain() {
      await Promise.all(underWay)
    },
  }
}

/** What {@link readFacts} needs of the server. */
export function toFactsDeps(deps: {
  readonly db: Db
  readonly kakao: KakaoClient
  readonly config: Pick<Config, 'kakao' | 'login'>
  readonly profiles: ProfileRefresher
}): ReadFactsDeps {
  const { db, kakao, config, profiles } = deps
  return {
    kakao,
    openIdConnect: config.kakao.openIdConnect,
    allowIdOnly: config.login.allowIdOnly,
    async findFresh(kakaoId) {
      const known = await findUserByKakaoId(db, kakaoId)
      return known && profiles.isFresh(known) ? known : undefined
    },
  }
}
