import type { UnitOfWork } from '../events/index.ts'
import { handleJob, type JobHandler, type JobQueue, type JobType } from '../jobs/index.ts'
import type { KeptTokens } from './kept-tokens.ts'

interface RevokedCheck {
  readonly kakaoId: string
}

const CHECK_TOKENS: JobType<RevokedCheck> = { name: 'check-tokens' }
/** Tokens that could not be checked for a day have run out, or will be met when next needed. */
const RETRY = { firstMs: 1000, mostMs: 300_000, giveUpAfterMs: 86_400_000 }

/** Has an identity's kept tokens checked: Kakao says that one has ended, but not which. */
export async function requestRevokedCheck(
  jobs: JobQueue,
  unit: UnitOfWork,
  { userId, kakaoId }: RevokedCheck & { readonly userId: string },
): Promise<void> {
  await jobs.add(unit, CHECK_TOKENS, { subject: userId, payload: { kakaoId } })
}

export function handleRevokedCheck(keptTokens: KeptTokens): JobHandler {
  return handleJob(CHECK_TOKENS, RETRY, async ({ kakaoId }) => {
    await keptTokens.removeRevoked(kakaoId)
    return undefined
  })
}
