import type { Db } from '../db/index.ts'

/** Notes that an ID token was used. @returns Whether it was the first time. */
export async function insertUsedIdToken(db: Db, hash: string, expiresAt: Date): Promise<boolean> {
  const row = await db
    .insertInto('used_id_tokens')
    .values({ hash, expires_at: expiresAt.getTime() })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning('hash')
    .executeTakeFirst()
  return row !== undefined
}
