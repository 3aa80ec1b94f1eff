import { type Json, readJson } from '../../_support/login.ts'
import type { HeldSession, Ledger } from './ledger.ts'
import { lookAt, refresh } from './visitor.ts'

const AT_ONCE = 6

/** What was found, held against what had been acknowledged. */
export interface LedgerCheck {
  readonly checked: number
  /** Each fact that is not as it was acknowledged, in words. Expected to be empty. */
  readonly lost: readonly string[]
}

/**
 * Asks the service about every session that it ever acknowledged: who is signed in still is, as the
 * same user, and who is not is not. Live refresh tokens are used up.
 */
export async function checkLedger(ledger: Ledger): Promise<LedgerCheck> {
  const lost: string[] = []
  const checks = [
    ...[...ledger.live].map((session) => () => findLoss(session)),
    ...[...ledger.ended].map((session) => () => findRevival(session)),
  ]
  const queue = checks.values()
  const work = async () => {
    for (const check of queue) lost.push(...(await check()))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { checked: checks.length, lost }
}

async function findLoss(session: HeldSession): Promise<string[]> {
  const { userId, tokens } = session
  const answer = await lookAt(session)
  const { user } = (await readJson(answer)) as { user?: Json }
  if (answer.status !== 200) return [`${userId} was signed in: ${answer.status}`]
  if (user?.id !== userId) return [`${userId} was signed in, not ${user?.id}`]

  const refreshed = tokens && (await refresh(session, tokens.refresh))
  if (refreshed === undefined || refreshed.status === 200) return []
  return [`${userId} had a refresh token: ${refreshed.status}`]
}

async function findRevival(session: HeldSession): Promise<string[]> {
  const { userId, tokens } = session
  const answer = await lookAt(session)
  if (answer.status !== 401) return [`${userId} was signed out: ${answer.status}`]

  const refreshed = tokens && (await refresh(session, tokens.refresh))
  if (refreshed === undefined || refreshed.status === 400) return []
  return [`${userId} was signed out, and its refresh token: ${refreshed.status}`]
}
