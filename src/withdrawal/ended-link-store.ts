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

/** What Kakao said since so long ago it said just now. */
const JUST_NOW_MS = 60_000
/** How far the clocks of our instances may be apart. */
export const CLOCKS_APART_MS = 2000

/**
 * Whether a link has ended since. What Kakao said just now it said after an end that is dated ahead,
 * by a clock that has been set back.
 *
 * @param kakaoIdHashes Of one Kakao id, under each of the secrets.
 */
export async function hasLinkEndedSince(
  db: Db,
  kakaoIdHashes: readonly string[],
  { since, now }: { readonly since: Date; readonly now: Date },
): Promise<boolean> {
  const isJustNow = since.getTime() > now.getTime() - JUST_NOW_MS
  const row = await db
    .selectFrom('ended_links')
    .select('kakao_id_hash')
    .where('kakao_id_hash', 'in', kakaoIdHashes)
    .where('ended_at', '>', since.getTime())
    .$if(isJustNow, (query) => query.where('ended_at', '<=', now.getTime() + CLOCKS_APART_MS))
    .executeTakeFirst()
  return row !== undefined
}
