import type { Db } from '../db/index.ts'
import type { UnitOfWork } from '../events/index.ts'

/**
 * How a user's tie to Kakao stands.
 *
 * - `linked`: well.
 * - `needs_login`: Kakao has ended the tokens, or wants the person to log in anew.
 * - `suspended`: Kakao has disabled the account.
 * - `unlinked`: the person has cut the tie at Kakao; the same Kakao id may come back.
 */
export type IdentityState = 'linked' | 'needs_login' | 'suspended' | 'unlinked'

/** A user's tie to Kakao. */
export interface Identity {
  readonly kakaoId: string
  readonly userId: string
  readonly linkedAt: Date
  readonly state: IdentityState
}

export async function findIdentity(db: Db, kakaoId: string): Promise<Identity | undefined> {
  const row = await db
    .selectFrom('identities')
    .selectAll()
    .where('kakao_id', '=', kakaoId)
    .executeTakeFirst()
  return row && toIdentity(row)
}

/** A user's ties, the oldest first. */
export async function listIdentities(db: Db, userId: string): Promise<Identity[]> {
  const rows = await db
    .selectFrom('identities')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('linked_at')
    .execute()
  return rows.map(toIdentity)
}

/**
 * Notes a login: whatever stood in its way before is over. On PostgreSQL it also makes two logins of
 * one person wait for each other.
 */
export async function touchIdentity(
  unit: UnitOfWork,
  { kakaoId, userId, state }: Pick<Identity, 'kakaoId' | 'userId' | 'state'>,
): Promise<void> {
  const isBack = state === 'unlinked'
  await unit.db
    .updateTable('identities')
    .set({
      last_login_at: unit.at.getTime(),
      state: 'linked',
      ...(isBack && { linked_at: unit.at.getTime() }),
    })
    .where('kakao_id', '=', kakaoId)
    .execute()
  if (isBack) unit.tell({ type: 'identity.linked', userId, data: {} })
}

/** Notes that a linked person has to log in anew before anything can be done in their name. */
export async function markNeedsLogin(unit: UnitOfWork, kakaoId: string): Promise<void> {
  const row = await unit.db
    .updateTable('identities')
    .set({ state: 'needs_login' })
    .where('kakao_id', '=', kakaoId)
    .where('state', '=', 'linked')
    .returning('user_id')
    .executeTakeFirst()
  if (row !== undefined) {
    unit.tell({ type: 'identity.needs_login', userId: row.user_id, data: {} })
  }
}

function toIdentity(row: {
  readonly kakao_id: string
  readonly user_id: string
  readonly linked_at: number
  readonly state: string
}): Identity {
  return {
    kakaoId: row.kakao_id,
    userId: row.user_id,
    linkedAt: new Date(row.linked_at),
    state: row.state as IdentityState,
  }
}
