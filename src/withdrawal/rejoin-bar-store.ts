import type { Db } from '../db/index.ts'

/** Keeps somebody from coming back before a date. Of several dates the latest holds. */
export async function insertRejoinBar(
  db: Db,
  { kakaoIdHash, until }: { kakaoIdHash: string; until: Date },
): Promise<void> {
  const expires_at = until.getTime()
  await db
    .insertInto('rejoin_bars')
    .values({ kakao_id_hash: kakaoIdHash, expires_at })
    .onConflict((conflict) =>
      conflict
        .column('kakao_id_hash')
        .doUpdateSet({ expires_at })
        .where('rejoin_bars.expires_at', '<', expires_at),
    )
    .execute()
}

/**
 * @param kakaoIdHashes Of one Kakao id, under each of the secrets.
 * @returns When they may come back; `undefined` when they may.
 */
export async function findRejoinAt(
  db: Db,
  kakaoIdHashes: readonly string[],
  now: Date,
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('rejoin_bars')
    .select(({ fn }) => fn.max('expires_at').as('until'))
    .where('kakao_id_hash', 'in', kakaoIdHashes)
    .where('expires_at', '>', now.getTime())
    .executeTakeFirst()
  return row?.until ? new Date(row.until) : undefined
}
