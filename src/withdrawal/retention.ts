import type { Retention, WithdrawalConfig } from '../config/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import { retainAccessLog } from './retained-access-store.ts'
import { retainConsents } from './retained-consent-store.ts'

/** What outlives a withdrawal, and until when. */
export interface Retained {
  readonly kind: 'access_log' | 'consents'
  readonly until: Date
}

/** What somebody who left now would be told. */
export interface Prospect {
  readonly retained: readonly Retained[]
  /** When they could come back; `null`: whenever they like. */
  readonly rejoinAt: Date | null
}

/** Says what a withdrawal at that moment would come to. */
export function foresee({ retention, rejoinAfterMs }: WithdrawalConfig, at: Date): Prospect {
  return {
    retained: listRetained(retention, at),
    rejoinAt: rejoinAfterMs === 0 ? null : new Date(at.getTime() + rejoinAfterMs),
  }
}

function listRetained({ accessLogMs, consentsMs }: Retention, at: Date): Retained[] {
  const kept = [
    ['access_log', accessLogMs],
    ['consents', consentsMs],
  ] as const
  return kept.flatMap(([kind, milliseconds]) =>
    milliseconds === undefined ? [] : [{ kind, until: new Date(at.getTime() + milliseconds) }],
  )
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
  const retained = listRetained(retention, at)
  // Older lines need not be kept.
  const since = new Date(at.getTime() - (retention.accessLogMs ?? 0))
  for (const { kind, until } of retained) {
    if (kind === 'access_log') await retainAccessLog(db, userId, { since, until })
    else await retainConsents(db, { userId, kakaoIds, until, randomBytes })
  }
  return retained
}
