import { type Consent, listConsents } from '../consents/index.ts'
import type { Db } from '../db/index.ts'
import { encodeBase64url } from '../jose/index.ts'

/**
 * Copies what a user agreed to, and when, to where it outlives them.
 *
 * @param copies.kakaoIds The user's identities: consents belong to them.
 * @param copies.until When the copies have to go.
 */
export async function retainConsents(
  db: Db,
  copies: {
    readonly userId: string
    readonly kakaoIds: readonly string[]
    readonly until: Date
    readonly randomBytes: (size: number) => Uint8Array
  },
): Promise<void> {
  const { userId, kakaoIds, until, randomBytes } = copies
  for (const kakaoId of kakaoIds) {
    for (const kind of ['item', 'term'] as const) {
      const consents = await listConsents(db, { kakaoId, kind })
      const rows = consents.flatMap(toChanges).map((change) => ({
        id: `ret_${encodeBase64url(randomBytes(16))}`,
        user_id: userId,
        kind,
        ...change,
        erase_at: until.getTime(),
      }))
      if (rows.length > 0) await db.insertInto('retained_consents').values(rows).execute()
    }
  }
}

function toChanges({ id, history }: Consent) {
  return history.map(({ agreed, at, path }) => ({
    consent_id: id,
    agreed: agreed ? 1 : 0,
    at: at.getTime(),
    path,
  }))
}
