import type { Config } from '../config/index.ts'
import type { SessionEndReason, UnitOfWork } from '../events/index.ts'
import {
  endSessionsOfIdentity,
  markNoLongerRecent,
  type Period,
  removeCodesOfIdentity,
  tellEnded,
} from '../sessions/index.ts'
import { type Identity, lockUser } from '../users/index.ts'
import { CLOCKS_APART_MS } from '../withdrawal/index.ts'

export interface SessionsToEnd {
  readonly identity: Identity
  /** Those begun later were begun knowing of it. */
  readonly by: Date
  readonly reason: SessionEndReason
}

/** Ends the sessions of an identity that were begun by some instant, and the codes for more. */
export async function endSessionsBegunBy(
  { config }: { config: Pick<Config, 'tokens'> },
  unit: UnitOfWork,
  { identity, by, reason }: SessionsToEnd,
): Promise<void> {
  const period = toPeriod(unit, by)
  const { codeTtlMs } = config.tokens
  // An exchange takes the code first, then the user: whoever is at one is waited for.
  await removeCodesOfIdentity(unit.db, identity, {
    before: new Date(period.before.getTime() + codeTtlMs),
    orFrom: new Date(period.orFrom.getTime() + codeTtlMs),
  })
  await lockUser(unit.db, identity.userId)
  tellEnded(unit, await endSessionsOfIdentity(unit.db, identity, period), reason)
}

/** What is dated this late was dated by a clock that has been set back since. */
export function tooLate(now: Date): Date {
  return endOfSecond(new Date(now.getTime() + CLOCKS_APART_MS))
}

function toPeriod({ at }: UnitOfWork, by: Date): Period {
  return { before: endOfSecond(by), orFrom: tooLate(at) }
}

/** Kakao's times are whole seconds: what happened within the same one counts as before. */
export function endOfSecond(instant: Date): Date {
  return new Date((Math.floor(instant.getTime() / 1000) + 1) * 1000)
}

/** Lets the sessions begun by then go on, but not count as proof of who is there. */
export async function doubtSessionsBegunBy(
  unit: UnitOfWork,
  { identity, by }: Omit<SessionsToEnd, 'reason'>,
): Promise<void> {
  await markNoLongerRecent(unit, identity, toPeriod(unit, by))
}
