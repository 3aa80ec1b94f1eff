import { PostgresAdapter, sql } from 'kysely'
import type { Db } from '../db/index.ts'

/**
 * Makes all others wait, until the transaction ends, who would sign up with a Kakao id or undo its
 * link: there is no row yet that they could wait at. On SQLite they wait anyway.
 */
export async function lockKakaoId(db: Db, kakaoId: string): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return
  await sql`select pg_advisory_xact_lock(hashtextextended(${kakaoId}, 0))`.execute(db)
}
