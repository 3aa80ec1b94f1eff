import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import type { SignedIn } from '../sessions/index.ts'
import { findKakaoIdOf } from '../users/index.ts'

/**
 * The identity that a session was begun with.
 *
 * @throws {ProblemError} `not_signed_in`: they left a moment ago.
 */
export async function getKakaoIdOf(db: Db, { session }: SignedIn): Promise<string> {
  const kakaoId = await findKakaoIdOf(db, session)
  if (kakaoId === undefined) throw new ProblemError('not_signed_in')
  return kakaoId
}
