import type { Selectable } from 'kysely'
import type { Db, OneTimeCodeTable } from '../db/index.ts'

/** A code that an app exchanges for tokens. */
export interface OneTimeCode {
  readonly hash: string
  readonly userId: string
  readonly kakaoId: string | null
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly isNewUser: boolean
  readonly device: string
  /** Kakao's, for the session to come. */
  readonly sealedKakaoTokens: string | null
  readonly expiresAt: Date
}

export async function insertOneTimeCode(db: Db, code: OneTimeCode): Promise<void> {
  await db
    .insertInto('one_time_codes')
    .values({
      hash: code.hash,
      user_id: code.userId,
      kakao_id: code.kakaoId,
      redirect_uri: code.redirectUri,
      code_challenge: code.codeChallenge,
      is_new_user: code.isNewUser ? 1 : 0,
      device: code.device,
      sealed_kakao_tokens: code.sealedKakaoTokens,
      expires_at: code.expiresAt.getTime(),
    })
    .execute()
}

export async function findOneTimeCode(db: Db, hash: string): Promise<OneTimeCode | undefined> {
  const row = await db
    .selectFrom('one_time_codes')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row && toOneTimeCode(row)
}

/** Uses a code up. @returns The code, to the first who asks and to nobody after. */
export async function takeOneTimeCode(
  db: Db,
  hash: string,
  now: Date,
): Promise<OneTimeCode | undefined> {
  const row = await db
    .updateTable('one_time_codes')
    .set({ used_at: now.getTime() })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row && toOneTimeCode(row)
}

function toOneTimeCode(row: Selectable<OneTimeCodeTable>): OneTimeCode {
  return {
    hash: row.hash,
    userId: row.user_id,
    kakaoId: row.kakao_id,
    redirectUri: row.redirect_uri,
    codeChallenge: row.code_challenge,
    isNewUser: row.is_new_user === 1,
    device: row.device,
    sealedKakaoTokens: row.sealed_kakao_tokens,
    expiresAt: new Date(row.expires_at),
  }
}
