import type { Db } from '../db/index.ts'

/**
 * Copies what the audit log knows of a user's devices, and the key that opens it, to where it
 * outlives the user. Index: `audit_log_by_user`.
 *
 * @param bounds.since Older lines need not be kept.
 * @param bounds.until When the copies have to go.
 */
export async function retainAccessLog(
  db: Db,
  userId: string,
  { since, until }: { since: Date; until: Date },
): Promise<void> {
  const eraseAt = until.getTime()
  await db
    .insertInto('retained_access_keys')
    .columns(['user_id', 'sealed_key', 'erase_at'])
    .expression((eb) =>
      eb
        .selectFrom('users')
        .select(['id', 'sealed_key', eb.cast<number>(eb.val(eraseAt), 'bigint').as('erase_at')])
        .where('id', '=', userId)
        .where('sealed_key', 'is not', null),
    )
    .execute()
  await db
    .insertInto('retained_access_log')
    .columns(['id', 'user_id', 'at', 'action', 'sealed_origin', 'erase_at'])
    .expression((eb) =>
      eb
        .selectFrom('audit_log')
        .select(['id', 'user_id', 'at', 'action', 'sealed_origin'])
        .select(eb.cast<number>(eb.val(eraseAt), 'bigint').as('erase_at'))
        .where('user_id', '=', userId)
        .where('at', '>=', since.getTime())
        .where('sealed_origin', 'is not', null),
    )
    .execute()
}
