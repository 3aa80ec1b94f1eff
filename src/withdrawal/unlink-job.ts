import type { Config } from '../config/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import type { JobQueue, JobType } from '../jobs/index.ts'
import type { Deriver } from '../jose/derive.ts'
import type { KakaoTokens } from '../kakao/index.ts'
import { type KeptToken, toKeptToken } from '../kept-tokens/index.ts'
import { findIdentity } from '../users/index.ts'
import { lockKakaoId } from './kakao-id-lock.ts'

export interface UnlinkDeps {
  readonly jobs: JobQueue
  /** Names a Kakao id to those who hold the secret, and to nobody else. */
  readonly kakaoIdHash: Deriver
  readonly config: Pick<Config, 'kakao'>
}

/** A link at Kakao that has to be ended. */
export interface UnlinkRequest {
  readonly kakaoId: string
  /** Whose it was, for the audit log; absent: nobody's yet. */
  readonly userId?: string
  /** What Kakao gave for it: ends it where there is no admin key. */
  readonly token?: KeptToken | undefined
}

/** What ends links at Kakao, sealed until it is done. */
export const UNLINK: JobType<UnlinkRequest> = { name: 'unlink' }

/**
 * Has a link at Kakao ended, once the transaction is committed: at once, and for days if need be. It
 * never ends the link of somebody who is a user when its turn comes.
 */
export async function requestUnlink(
  { jobs, kakaoIdHash, config }: UnlinkDeps,
  unit: UnitOfWork,
  { token, ...link }: UnlinkRequest,
): Promise<void> {
  const needsToken = config.kakao.adminKeys.length === 0 && token !== undefined
  const payload = { ...link, ...(needsToken && { token }) }
  await jobs.add(unit, UNLINK, { subject: kakaoIdHash.derive(link.kakaoId), payload })
}

/**
 * Has the link undone that Kakao has just made for somebody who is not to be a user. Where another
 * login of theirs has signed them up meanwhile, it stays.
 *
 * @param link.tokens What Kakao gave, where that is known.
 */
export async function undoLink(
  deps: UnlinkDeps,
  unit: UnitOfWork,
  { kakaoId, tokens }: { kakaoId: string; tokens: KakaoTokens | undefined },
): Promise<void> {
  await lockKakaoId(unit.db, kakaoId)
  if ((await findIdentity(unit.db, kakaoId)) !== undefined) return
  await requestUnlink(deps, unit, { kakaoId, token: tokens && toKeptToken(tokens) })
}

/**
 * Ends a link now whose turn is still to come, or waits for whoever is at it.
 *
 * @param signal When to give up.
 * @returns Whether it is ended.
 */
export async function finishUnlink(
  { jobs, kakaoIdHash }: UnlinkDeps,
  kakaoId: string,
  signal: AbortSignal,
): Promise<boolean> {
  return await jobs.finish(UNLINK, kakaoIdHash.deriveAll(kakaoId), signal)
}
