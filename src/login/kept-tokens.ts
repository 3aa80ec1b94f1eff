import type { Db } from '../db/index.ts'
import type { Sealer } from '../jose/seal.ts'
import type { KakaoTokens } from '../kakao/index.ts'

/** Kakao's tokens of one session, as far as its log-out needs them. */
export interface KeptToken {
  readonly accessToken: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  readonly refreshToken?: string
}

/** Kakao's tokens, sealed in the store beside the session and gone with it. */
export interface KeptTokens {
  /** Keeps what a login brought, within its transaction; where none are wanted it does nothing. */
  keep(db: Db, sessionId: string | undefined, tokens: KakaoTokens): Promise<void>
  /** @returns Those of the sessions that have some. */
  list(sessionIds: readonly string[]): Promise<readonly KeptToken[]>
}

export interface KeptTokensDeps {
  readonly db: Db
  readonly sealer: Sealer
  readonly isKeeping: boolean
}

export function createKeptTokens({ db, sealer, isKeeping }: KeptTokensDeps): KeptTokens {
  return {
    async keep(transaction, sessionId, { accessToken, expiresAt, refreshToken }) {
      if (!isKeeping || sessionId === undefined) return
      const kept: KeptToken = {
        accessToken,
        expiresAt: expiresAt.getTime(),
        ...(refreshToken !== undefined && { refreshToken }),
      }
      const sealed = sealer.seal(JSON.stringify(kept))
      await transaction
        .insertInto('kakao_tokens')
        .values({ session_id: sessionId, sealed })
        .execute()
    },

    async list(sessionIds) {
      if (sessionIds.length === 0) return []
      const rows = await db
        .selectFrom('kakao_tokens')
        .select('sealed')
        .where('session_id', 'in', sessionIds)
        .execute()
      const texts = rows.flatMap(({ sealed }) => sealer.open(sealed) ?? [])
      return texts.map((text) => JSON.parse(text) as KeptToken)
    },
  }
}
