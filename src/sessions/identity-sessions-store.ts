import type { ExpressionBuilder } from 'kysely'
import type { Db, Schema } from '../db/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import type { EndedSession } from './session-store.ts'

/**
 * Those up to an instant, and those that claim to come after another, later one: of what a clock
 * dated ahead that has been set back since, nobody knows when it was.
 */
export interface Period {
  readonly before: Date
  readonly orFrom: Date
}

/** Takes back those codes of one identity that end in a period. Index: `one_time_codes_by_user`. */
export async function removeCodesOfIdentity(
  db: Db,
  { userId, kakaoId }: IdentityRef,
  period: Period,
): Promise<void> {
  await db
    .deleteFrom('one_time_codes')
    .where('user_id', '=', userId)
    .where('kakao_id', '=', kakaoId)
    .where((is) =>
      is.or([
        is('expires_at', '<', period.before.getTime()),
        is('expires_at', '>=', period.orFrom.getTime()),
      ]),
    )
    .execute()
}

/** Ends the sessions begun with one identity in a period. Index: `sessions_by_user`. */
export async function endSessionsOfIdentity(
  db: Db,
  identity: IdentityRef,
  period: Period,
): Promise<EndedSession[]> {
  return await db
    .deleteFrom('sessions')
    .where(isBegunWith(identity, period))
    .returning(['id', 'user_id as userId'])
    .execute()
}

/**
 * Lets the sessions begun with one identity in a period count as recent no more.
 *
 * Index: `sessions_by_user`.
 */
export async function markNoLongerRecent(
  unit: UnitOfWork,
  identity: IdentityRef,
  period: Period,
): Promise<void> {
  unit.invalidate(identity.userId)
  await unit.db
    .updateTable('sessions')
    .set({ no_longer_recent: 1 })
    .where(isBegunWith(identity, period))
    .execute()
}

interface IdentityRef {
  readonly userId: string
  readonly kakaoId: string
}

/** A session of an older version says no identity: then its user had but one. */
function isBegunWith({ userId, kakaoId }: IdentityRef, { before, orFrom }: Period) {
  return (is: ExpressionBuilder<Schema, 'sessions'>) =>
    is.and([
      is('user_id', '=', userId),
      is.or([is('kakao_id', 'is', null), is('kakao_id', '=', kakaoId)]),
      is.or([is('created_at', '<', before.getTime()), is('created_at', '>=', orFrom.getTime())]),
    ])
}
