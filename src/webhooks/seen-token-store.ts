import type { Db } from '../db/index.ts'
import { hashSecret } from '../sessions/index.ts'

/** Kakao gives up sending sooner, and older tokens are refused anyway. */
const REMEMBERED_MS = 8 * 86_400_000

/** Notes an event token. @returns Whether it is new: to one of however many bring it at once. */
export async function noteEventToken(
  db: Db,
  { issuer, id, issuedAt }: { issuer: string; id: string; issuedAt: Date },
): Promise<boolean> {
  const row = await db
    .insertInto('seen_event_tokens')
    .values({
      hash: hashSecret(`${issuer} ${id}`),
      expires_at: issuedAt.getTime() + REMEMBERED_MS,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('hash')
    .executeTakeFirst()
  return row !== undefined
}
