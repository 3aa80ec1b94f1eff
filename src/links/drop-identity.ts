import { requestReread } from '../consents/index.ts'
import type { UnitOfWork, UnlinkedBy } from '../events/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { eraseProfile, type Identity, removeIdentity } from '../users/index.ts'

/** A tie that goes while its user stays, by another one. */
export interface DroppedIdentity {
  readonly identity: Identity
  readonly other: Identity
  readonly by: UnlinkedBy
  /** A word for the event: never anything personal. */
  readonly reason: string
}

/**
 * Removes one of a user's several ties to Kakao with all that came with it, within the unit. Its
 * sessions have to have been ended before.
 */
export async function dropIdentity(
  { jobs }: { readonly jobs: JobQueue },
  unit: UnitOfWork,
  { identity, other, by, reason }: DroppedIdentity,
): Promise<void> {
  const { userId, kakaoId } = identity
  await eraseProfile(unit, identity)
  await removeIdentity(unit.db, kakaoId)
  unit.tell({ type: 'identity.unlinked', userId, data: { by, reason } })
  // What the other one shares may take the place of what went.
  await requestReread(jobs, unit, { userId, kakaoId: other.kakaoId })
}
