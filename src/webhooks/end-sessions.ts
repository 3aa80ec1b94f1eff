import type { Config } from '../config/index.ts'
import type { SessionEndReason, UnitOfWork } from '../events/index.ts'
import {
  endSessionsOfIdentity,
  markNoLongerRecent,
  removeCodesOfIdentity,
  tellEnded,
} from '../sessions/index.ts'
import { type Identity, lockUser } from '../users/index.ts'

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
  const before = endOfSecond(by)
  const codesBefore = new Date(before.getTime() + config.tokens.codeTtlMs)
  // An exchange takes the code first, then the user: whoever is at one is waited for.
  await removeCodesOfIdentity(unit.db, identity, codesBefore)
  await lockUser(unit.db, identity.userId)
  tellEnded(unit, await endSessionsOfIdentity(unit.db, identity, before), reason)
}

/** Kakao's times are whole seconds: what happened within the same one counts as before. */
export function endOfSecond(instant: Date): Date {
  return new Date((Math.floor(instant.getTime() / 1000) + 1) * 1000)
}

/** Lets the sessions begun by then go on, but not count as proof of who is there. */
export async function doubtSessionsBegunBy(
  { db }: UnitOfWork,
  { identity, by }: Omit<SessionsToEnd, 'reason'>,
): Promise<void> {
  await markNoLongerRecent(db, identity, endOfSecond(by))
}
