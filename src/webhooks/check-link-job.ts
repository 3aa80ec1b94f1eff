import { BY_KAKAO, type Transact, type UnitOfWork } from '../events/index.ts'
import {
  handleJob,
  type JobHandler,
  type JobQueue,
  type JobType,
  type RetryRule,
} from '../jobs/index.ts'
import { type KakaoClient, KapiError } from '../kakao/index.ts'
import { type Identity, lockTies } from '../users/index.ts'
import { isGone } from '../withdrawal/index.ts'
import { type EndLinkDeps, endLink } from './end-link.ts'
import { endOfSecond } from './end-sessions.ts'

/** A link of which somebody says that it is gone. */
export interface LinkCheck {
  readonly userId: string
  readonly kakaoId: string
  /** Kakao's own word for it. */
  readonly reason: string
  /** When it is said to have gone: milliseconds since 1970. */
  readonly endedAt: number
  /** Whether only Kakao's own no is believed, when asked. */
  readonly isDoubtful?: boolean
}

export interface CheckLinkDeps extends EndLinkDeps {
  readonly kakao: KakaoClient
  readonly transact: Transact
  readonly now: () => Date
}

/** What Kakao says of a link. `unsaid`: it does not tell us, and would not if asked again. */
export type LinkAnswer = 'linked' | 'gone' | 'unsaid'

const CHECK_LINK: JobType<LinkCheck> = { name: 'check-link' }
/** As for the unlink at Kakao: a second, doubling up to five minutes, for thirty days. */
const RETRY: RetryRule = { firstMs: 1000, mostMs: 300_000, giveUpAfterMs: 30 * 86_400_000 }

/** Has Kakao asked whether a link is gone, and carries it out where it is. */
export async function requestLinkCheck(
  jobs: JobQueue,
  unit: UnitOfWork,
  check: LinkCheck,
): Promise<void> {
  await jobs.add(unit, CHECK_LINK, { subject: check.userId, payload: check })
}

export function handleCheckLink(deps: CheckLinkDeps): JobHandler {
  return handleJob(CHECK_LINK, RETRY, async (check) => {
    const askedAt = deps.now()
    const answer = await askWhetherLinked(deps, check.kakaoId)
    // Whom Kakao does not answer has to believe what it said unasked.
    const isBelieved = answer === 'gone' || (answer === 'unsaid' && !check.isDoubtful)
    if (isBelieved) await carryOut(deps, check, askedAt)
    return undefined
  })
}

/**
 * Asks Kakao about a link, once. Any refusal but of what is gone is `unsaid`: of an account under
 * sanction (-4) as of a key that may not ask (-3, -401), and of codes that nobody knows.
 *
 * @throws {KakaoError} Kakao cannot tell now, by its own fault or its quota: it may later.
 */
export async function askWhetherLinked(
  { kakao, config }: Pick<CheckLinkDeps, 'kakao' | 'config'>,
  kakaoId: string,
): Promise<LinkAnswer> {
  const [adminKey] = config.kakao.adminKeys
  if (adminKey === undefined) return 'unsaid'
  try {
    await kakao
      .asAdmin(adminKey)
      .user(kakaoId)
      .getMe({ propertyKeys: ['id'], retries: 0 })
    return 'linked'
  } catch (error) {
    if (!(error instanceof KapiError) || error.retryable) throw error
    return isGone(error) ? 'gone' : 'unsaid'
  }
}

/**
 * @param askedAt When Kakao was asked about the link.
 * @returns Whether there was still something to carry out.
 */
export async function carryOut(
  deps: CheckLinkDeps,
  check: LinkCheck,
  askedAt: Date,
): Promise<boolean> {
  const endedAt = new Date(check.endedAt)
  return await deps.transact(BY_KAKAO, async (unit) => {
    const identity = await lockTies(unit.db, check.kakaoId)
    if (identity === undefined || identity.userId !== check.userId) return false
    if (isBack(identity, { endedAt, askedAt })) return false
    await endLink(deps, unit, { identity, reason: check.reason, endedAt })
    return true
  })
}

/** Whoever has signed in since is linked anew, be it within the second that Kakao's times end at. */
function isBack(
  { lastLoginAt }: Identity,
  { endedAt, askedAt }: { endedAt: Date; askedAt: Date },
): boolean {
  return lastLoginAt >= endOfSecond(endedAt) || (lastLoginAt > endedAt && lastLoginAt > askedAt)
}
