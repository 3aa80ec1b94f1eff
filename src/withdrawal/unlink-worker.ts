import type { Config } from '../config/index.ts'
import type { Db, Eraser } from '../db/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import { type Attempt, handleJob, type JobHandler, type RetryRule } from '../jobs/index.ts'
import type { Deriver } from '../jose/derive.ts'
import type { KakaoClient } from '../kakao/index.ts'
import { toKeptToken } from '../kept-tokens/index.ts'
import { findIdentity } from '../users/index.ts'
import { noteEndedLink } from './ended-link-store.ts'
import { isGone } from './is-gone.ts'
import type { UnlinkAlarm } from './unlink-alarm.ts'
import { UNLINK, type UnlinkRequest } from './unlink-job.ts'

export interface UnlinkWorkerDeps {
  readonly db: Db
  readonly kakao: KakaoClient
  readonly config: Pick<Config, 'kakao'>
  readonly kakaoIdHash: Deriver
  readonly alarm: UnlinkAlarm
  readonly eraser: Eraser
  readonly now: () => Date
}

/** A second, doubling up to five minutes, for thirty days. */
const RETRY: RetryRule = {
  firstMs: 1000,
  mostMs: 5 * 60_000,
  giveUpAfterMs: 30 * 86_400_000,
  isDueAtStart: true,
}

/**
 * Ends links at Kakao.
 *
 * @see [Kakao: unlink](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#unlink)
 */
export function handleUnlink(deps: UnlinkWorkerDeps): JobHandler {
  return handleJob(UNLINK, RETRY, async (request, attempt) => {
    // Another sign-up had found no unlink to come before this one was asked for: the link is theirs.
    if ((await findIdentity(deps.db, request.kakaoId)) !== undefined) return undefined
    try {
      const rest = await unlink(deps, request, attempt)
      if (rest !== undefined) return rest
    } catch (error) {
      deps.alarm.raise(error)
      throw error
    }
    deps.alarm.end()
    attempt.atEnd(async (unit) => await noteUnlinked(deps, unit, request))
    return undefined
  })
}

/** @returns What is left to do: with new tokens, which must not get lost on the way. */
async function unlink(
  { kakao, config, now }: UnlinkWorkerDeps,
  request: UnlinkRequest,
  { signal }: Attempt,
): Promise<UnlinkRequest | undefined> {
  const { kakaoId, token } = request
  const [adminKey] = config.kakao.adminKeys
  if (adminKey !== undefined) {
    return await endOnce(kakao.asAdmin(adminKey).user(kakaoId).unlink({ signal }))
  }

  if (token === undefined) throw new Error('KAKAO_ADMIN_KEY is not set and no token was kept')
  const isOver = token.expiresAt <= now().getTime()
  if (isOver && token.refreshToken !== undefined) {
    const renewed = await kakao.refreshTokens(token.refreshToken, { signal })
    return { ...request, token: toKeptToken(renewed, token) }
  }
  return await endOnce(kakao.asUser(token.accessToken).unlink({ signal }))
}

/** Where there is no link any more, nothing is left to end. */
async function endOnce(call: Promise<unknown>): Promise<undefined> {
  try {
    await call
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

async function noteUnlinked(
  { kakaoIdHash, eraser }: UnlinkWorkerDeps,
  unit: UnitOfWork,
  { kakaoId, userId }: UnlinkRequest,
): Promise<void> {
  await noteEndedLink(unit.db, kakaoIdHash.derive(kakaoId), unit.at)
  unit.afterCommit(() => eraser.erase([kakaoId]))
  unit.note({ action: 'kakao.unlinked', ...(userId !== undefined && { userId }), result: 'ok' })
}
