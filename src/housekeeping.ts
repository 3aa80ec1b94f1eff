import type { Db } from './db/index.ts'
import { removeOldClaims, removeOldIdTokens } from './login/index.ts'
import { removeExpiredSessions } from './sessions/index.ts'
import { removeExpiredCodes } from './tokens/index.ts'

export interface HousekeepingDeps {
  readonly db: Db
  readonly now: () => Date
  /** How long a claimed code matters: as long as its attempt could come back, and its answer. */
  readonly claimMaxAgeMs: number
  readonly onError: (error: unknown) => void
}

export interface Housekeeping {
  /** Removes what is over, a bounded number at a time. */
  sweep(): Promise<void>
  stop(): void
}

const EVERY_MS = 60_000
/** Small enough that logins do not wait long behind it. */
const MOST_AT_ONCE = 500

/** Removes what is over now and then: it counted as absent before. */
export function startHousekeeping(deps: HousekeepingDeps): Housekeeping {
  const { db, now, claimMaxAgeMs, onError } = deps

  async function sweep(): Promise<void> {
    const claimsBefore = new Date(now().getTime() - claimMaxAgeMs)
    await untilFew(() => removeExpiredSessions(db, now(), MOST_AT_ONCE))
    await untilFew(() => removeOldClaims(db, claimsBefore, MOST_AT_ONCE))
    await untilFew(() => removeExpiredCodes(db, now(), MOST_AT_ONCE))
    await untilFew(() => removeOldIdTokens(db, now(), MOST_AT_ONCE))
  }

  const timer = setInterval(() => void sweep().catch(onError), EVERY_MS)
  timer.unref()
  return { sweep, stop: () => clearInterval(timer) }
}

async function untilFew(remove: () => Promise<number>): Promise<void> {
  while ((await remove()) === MOST_AT_ONCE);
}
