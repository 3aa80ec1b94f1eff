import type { Db } from '../db/index.ts'

/**
 * An ID token of a phone is good for ten minutes: what Kakao gave before the link was ended could
 * still sign somebody up who is linked no more.
 */
const REMEMBERED_MS = 15 * 60_000

/** Notes that a link has just been ended at Kakao. */
export async function noteEndedLink(db: Db, kakaoIdHash: string, endedAt: Date): Promise<void> {
  const times = { ended_at: endedAt.getTime(), expires_at: endedAt.getTime() + REMEMBERED_MS }
  await db
    .insertInto('ended_links')
    .values({ kakao_id_hash: kakaoIdHash, ...times })
    .onConflict((conflict) => conflict.column('kakao_id_hash').doUpdateSet(times))
    .execute()
}

/** @param kakaoIdHashes Of one Kakao id, under each of the secrets. */
export async function hasLinkEndedSince(
  db: Db,
  kakaoIdHashes: readonly string[],
  since: Date,
): Promise<boolean> {
  const row = await db
    .selectFrom('ended_links')
    .select('kakao_id_hash')
    .where('kakao_id_hash', 'in', kakaoIdHashes)
    .where('ended_at', '>', since.getTime())
    .executeTakeFirst()
  return row !== undefined
}
