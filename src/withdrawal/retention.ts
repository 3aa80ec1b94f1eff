import type { Retention } from '../config/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import { retainAccessLog } from './retained-access-store.ts'

/** What outlives a withdrawal, and until when. */
export interface Retained {
  readonly kind: 'access_log'
  readonly until: Date
}

/** Copies what has to be kept into tables of its own, before the user goes. */
export async function retain(
  { db, at }: UnitOfWork,
  userId: string,
  { accessLogMs }: Retention,
): Promise<readonly Retained[]> {
  if (accessLogMs === undefined) return []
  const since = new Date(at.getTime() - accessLogMs)
  const until = new Date(at.getTime() + accessLogMs)
  await retainAccessLog(db, userId, { since, until })
  return [{ kind: 'access_log', until }]
}
