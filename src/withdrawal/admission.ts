import type { UnitOfWork } from '../events/index.ts'
import { hasLinkEndedSince } from './ended-link-store.ts'
import { lockKakaoId } from './kakao-id-lock.ts'
import { findRejoinAt } from './rejoin-bar-store.ts'
import { UNLINK, type UnlinkDeps } from './unlink-job.ts'

/**
 * What keeps somebody from signing up.
 *
 * - `too_early`: they left, and cannot come back yet.
 * - `link_ending`: their link at Kakao has still to be ended. Signed up now, they would lose it.
 * - `link_ended`: it has been, after Kakao gave what they come with.
 */
export type Obstacle =
  | { readonly kind: 'too_early'; readonly rejoinAt: Date }
  | { readonly kind: 'link_ending' }
  | { readonly kind: 'link_ended' }

export interface Newcomer {
  readonly kakaoId: string
  /** When Kakao was asked about them, or said what they bring along. */
  readonly askedAt: Date
}

/**
 * Finds what keeps somebody from signing up, within the transaction that would do it. No link of
 * theirs is given to be ended before that transaction is over.
 */
export async function findObstacle(
  { jobs, kakaoIdHash }: UnlinkDeps,
  unit: UnitOfWork,
  { kakaoId, askedAt }: Newcomer,
): Promise<Obstacle | undefined> {
  const { db, at } = unit
  await lockKakaoId(db, kakaoId)
  const hashes = kakaoIdHash.deriveAll(kakaoId)

  const rejoinAt = await findRejoinAt(db, hashes, at)
  if (rejoinAt !== undefined) return { kind: 'too_early', rejoinAt }
  if (await jobs.has(unit, UNLINK, hashes)) return { kind: 'link_ending' }
  if (await hasLinkEndedSince(db, hashes, { since: askedAt, now: at }))
    return { kind: 'link_ended' }
  return undefined
}
