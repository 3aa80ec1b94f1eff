import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import type { SignedIn } from '../sessions/index.ts'
import { findKakaoId } from '../users/index.ts'

/**
 * The identity that a session was begun with. One of an older version does not say.
 *
 * @throws {ProblemError} `not_signed_in`: they left a moment ago.
 */
export async function getKakaoId(db: Db, { session, user }: SignedIn): Promise<string> {
  const kakaoId = session.kakaoId ?? (await findKakaoId(db, user.id))
  if (kakaoId === undefined) throw new ProblemError('not_signed_in')
  return kakaoId
}
