import type { Config } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import { handleJob, type JobHandler, type RetryRule } from '../jobs/index.ts'
import { type KakaoClient, KapiError } from '../kakao/index.ts'
import { findUserByKakaoId } from '../users/index.ts'
import { UNLINK, type UnlinkRequest } from './unlink-job.ts'

export interface UnlinkWorkerDeps {
  readonly db: Db
  readonly kakao: KakaoClient
  readonly config: Pick<Config, 'kakao'>
}

/** A second, doubling up to five minutes, for thirty days. */
const RETRY: RetryRule = { firstMs: 1000, mostMs: 5 * 60_000, giveUpAfterMs: 30 * 86_400_000 }
/** Not linked; no such account. Either way there is nothing left to end. */
const GONE_CODES = new Set([-101, -103])

/**
 * Ends links at Kakao.
 *
 * @see [Kakao: unlink](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#unlink)
 */
export function handleUnlink(deps: UnlinkWorkerDeps): JobHandler {
  return handleJob(UNLINK, RETRY, async (request) => {
    // They have come back by another way since: the link is theirs again.
    if ((await findUserByKakaoId(deps.db, request.kakaoId)) !== undefined) return
    await unlink(deps, request)
  })
}

async function unlink(
  { kakao, config }: UnlinkWorkerDeps,
  { kakaoId }: UnlinkRequest,
): Promise<void> {
  const [adminKey] = config.kakao.adminKeys
  if (adminKey === undefined) throw new Error('KAKAO_ADMIN_KEY is not set')
  try {
    await kakao.asAdmin(adminKey).user(kakaoId).unlink()
  } catch (error) {
    const isGone = error instanceof KapiError && GONE_CODES.has(error.kakaoCode)
    if (!isGone) throw error
  }
}
