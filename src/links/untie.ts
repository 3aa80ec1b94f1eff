import { ProblemError } from '../errors.ts'
import type { Circumstances, Transact, UnitOfWork } from '../events/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import type { KeptTokens } from '../kept-tokens/index.ts'
import { endSessionsOfIdentity, removeCodesOfIdentity, tellEnded } from '../sessions/index.ts'
import { type Identity, listIdentities, lockIdentities, lockUser } from '../users/index.ts'
import { requestUnlink, type UnlinkDeps } from '../withdrawal/index.ts'
import { dropIdentity } from './drop-identity.ts'

export interface UntieDeps extends UnlinkDeps {
  readonly transact: Transact
  readonly jobs: JobQueue
  readonly keptTokens: KeptTokens
}

export interface UntieRequest {
  readonly userId: string
  readonly kakaoId: string
  readonly circumstances: Circumstances
}

/** Later than any session or code that there can be. */
const LATEST = new Date(8.64e15)
const ALL = { before: LATEST, orFrom: LATEST }

/**
 * Cuts one of a user's ties to Kakao, here and then there. Its sessions end.
 *
 * @throws {ProblemError} `not_found`: it is not theirs. `last_identity`: there is no other way in.
 */
export async function untie(deps: UntieDeps, request: UntieRequest): Promise<void> {
  const { userId, kakaoId, circumstances } = request
  await deps.transact(circumstances, async (unit) => {
    const { identity, other } = await findTies(unit, { userId, kakaoId })
    const token = await deps.keptTokens.findNewest(unit.db, kakaoId)
    await removeCodesOfIdentity(unit.db, identity, ALL)
    await lockUser(unit.db, userId)
    tellEnded(unit, await endSessionsOfIdentity(unit.db, identity, ALL), 'unlinked')
    await dropIdentity(deps, unit, { identity, other, by: 'member', reason: 'requested' })
    await requestUnlink(deps, unit, { kakaoId, userId, token })
  })
}

/** A tie that is cut at Kakao already may come back, but nobody knows: it is no way in to count on. */
async function findTies(
  { db }: UnitOfWork,
  { userId, kakaoId }: Pick<UntieRequest, 'userId' | 'kakaoId'>,
): Promise<{ identity: Identity; other: Identity }> {
  // All of them: two requests must not each leave the other's last.
  await lockIdentities(db, userId)
  const locked = await listIdentities(db, userId)
  const identity = locked.find((tie) => tie.kakaoId === kakaoId)
  if (identity === undefined) throw new ProblemError('not_found')
  const other = locked.find((tie) => tie.kakaoId !== kakaoId && tie.state !== 'unlinked')
  if (other === undefined) throw new ProblemError('last_identity')
  return { identity, other }
}
