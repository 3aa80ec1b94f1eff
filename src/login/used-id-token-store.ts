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

/** Forgets a bounded number of tokens that are too old anyway. @returns How many. */
export async function removeOldIdTokens(db: Db, now: Date, most: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('used_id_tokens')
    .where('hash', 'in', (tokens) =>
      tokens
        .selectFrom('used_id_tokens')
        .select('hash')
        .where('expires_at', '<=', now.getTime())
        .limit(most),
    )
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
