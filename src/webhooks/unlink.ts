import { type Circumstances, type Transact, toKakaoCircumstances } from '../events/index.ts'
import type { KakaoUnlinkWebhook } from '../kakao/index.ts'
import { lockIdentity } from '../users/index.ts'
import { requestLinkCheck } from './check-link-job.ts'
import type { EndLinkDeps } from './end-link.ts'
import { endSessionsBegunBy } from './end-sessions.ts'

export interface UnlinkWebhookDeps extends EndLinkDeps {
  readonly transact: Transact
}

/**
 * Takes an unlink webhook: sessions end on its word. What is kept of the person goes only when Kakao
 * says so when asked, since Kakao's test tool sends the same for people who stay linked. All of it
 * is in the store before this returns: Kakao does not send it again.
 *
 * @returns Whether it is about somebody we know.
 */
export async function takeUnlinkWebhook(
  deps: UnlinkWebhookDeps,
  { userId: kakaoId, referrerType }: KakaoUnlinkWebhook,
  circumstances: Circumstances,
): Promise<boolean> {
  return await deps.transact(toKakaoCircumstances(circumstances), async (unit) => {
    const identity = await lockIdentity(unit.db, kakaoId)
    if (identity === undefined) return false

    const { userId } = identity
    unit.note({ action: 'kakao.unlink', userId, result: 'ok' })
    // All there are, also those of an instance whose clock is ahead.
    const at = new Date(Math.max(unit.at.getTime(), identity.lastLoginAt.getTime()))
    await endSessionsBegunBy(deps, unit, { identity, by: at, reason: 'kakao' })
    const reason = /^[A-Z_]{1,64}$/.test(referrerType ?? '') ? `${referrerType}` : 'UNKNOWN'
    await requestLinkCheck(deps.jobs, unit, {
      userId,
      kakaoId,
      reason,
      endedAt: at.getTime(),
    })
    return true
  })
}
