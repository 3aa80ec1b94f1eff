import type { UnitOfWork } from '../events/index.ts'
import type { JobQueue, JobType } from '../jobs/index.ts'
import type { Deriver } from '../jose/derive.ts'
import type { KeptToken } from '../kept-tokens/index.ts'

export interface UnlinkDeps {
  readonly jobs: JobQueue
  /** Names a Kakao id to those who hold the secret, and to nobody else. */
  readonly kakaoIdHash: Deriver
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
  { jobs, kakaoIdHash }: UnlinkDeps,
  unit: UnitOfWork,
  request: UnlinkRequest,
): Promise<void> {
  await jobs.add(unit, UNLINK, { subject: kakaoIdHash.derive(request.kakaoId), payload: request })
}
