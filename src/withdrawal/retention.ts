import type { Retention } from '../config/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import { retainAccessLog } from './retained-access-store.ts'
import { retainConsents } from './retained-consent-store.ts'

/** What outlives a withdrawal, and until when. */
export interface Retained {
  readonly kind: 'access_log' | 'consents'
  readonly until: Date
}

export interface RetentionDeps {
  readonly retention: Retention
  readonly randomBytes: (size: number) => Uint8Array
}

/** Copies what has to be kept into tables of its own, before the user goes. */
export async function retain(
  { retention, randomBytes }: RetentionDeps,
  { db, at }: UnitOfWork,
  { userId, kakaoIds }: { readonly userId: string; readonly kakaoIds: readonly string[] },
): Promise<readonly Retained[]> {
  const { accessLogMs, consentsMs } = retention
  const after = (milliseconds: number) => new Date(at.getTime() + milliseconds)
  const retained: Retained[] = []

  if (accessLogMs !== undefined) {
    const until = after(accessLogMs)
    await retainAccessLog(db, userId, { since: after(-accessLogMs), until })
    retained.push({ kind: 'access_log', until })
  }
  if (consentsMs !== undefined) {
    const until = after(consentsMs)
    await retainConsents(db, { userId, kakaoIds, until, randomBytes })
    retained.push({ kind: 'consents', until })
  }
  return retained
}
