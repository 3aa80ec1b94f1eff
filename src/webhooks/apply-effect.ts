import { requestReread } from '../consents/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import { removeKeptTokens, requestRevokedCheck } from '../kept-tokens/index.ts'
import {
  eraseFields,
  type Identity,
  liftSuspension,
  markNeedsLogin,
  markSuspended,
} from '../users/index.ts'
import { hasLinkEndedSince } from '../withdrawal/index.ts'
import { requestLinkCheck } from './check-link-job.ts'
import type { Effect } from './effects.ts'
import { type EndLinkDeps, endLink } from './end-link.ts'
import { doubtSessionsBegunBy, endSessionsBegunBy, tooLate } from './end-sessions.ts'

export interface Occurrence {
  readonly identity: Identity
  readonly effect: Effect
  readonly occurredAt: Date
  /** Kakao's own word for why. */
  readonly reason: string
}

/** What a person does at Kakao through us comes back as an event within this time. */
const OURS_FOR_MS = 5 * 60_000
/** How far Kakao's clock may be behind ours. */
const KAKAO_BEHIND_MS = 60_000

/** Does what an event does to one identity. It has to be locked. */
export async function applyEffect(
  deps: EndLinkDeps,
  unit: UnitOfWork,
  occurrence: Occurrence,
): Promise<void> {
  const { identity, effect } = occurrence
  if (effect.followsUnlink && (await isOfFormerLink(deps, unit, occurrence))) {
    return await doubtUnlink(deps, unit, occurrence)
  }
  await applyToSessions(deps, unit, occurrence)
  if (effect.reread) {
    const { userId, kakaoId } = identity
    await requestReread(deps.jobs, unit, { userId, kakaoId, path: 'webhook' })
  }
  if (isBeforeLastLogin(occurrence, unit.at)) return

  if (effect.kakaoTokens === 'erase') await removeKeptTokens(unit.db, identity.kakaoId)
  if (effect.kakaoTokens === 'erase_revoked') {
    await requestRevokedCheck(deps.jobs, unit, identity)
  }
  if (effect.contacts === 'erase') {
    await eraseFields(unit, identity, ['email', 'email_verified', 'phone_number'])
  }
  await applyToLink(deps, unit, occurrence)
}

async function applyToSessions(
  deps: EndLinkDeps,
  unit: UnitOfWork,
  occurrence: Occurrence,
): Promise<void> {
  const { identity, effect, occurredAt: by } = occurrence
  if (effect.sessions === 'doubt') return await doubtSessionsBegunBy(unit, { identity, by })
  const isOurs = effect.sessions === 'end_unless_ours' && wasCausedByUs(occurrence)
  if (effect.sessions === undefined || isOurs) return
  await endSessionsBegunBy(deps, unit, { identity, by, reason: 'kakao' })
}

async function applyToLink(
  deps: EndLinkDeps,
  unit: UnitOfWork,
  occurrence: Occurrence,
): Promise<void> {
  const { identity, occurredAt, reason } = occurrence
  const { kakaoId, userId } = identity
  switch (occurrence.effect.link) {
    case 'needs_login':
      return wasCausedByUs(occurrence) ? undefined : await markNeedsLogin(unit, kakaoId)
    case 'suspend':
      return await markSuspended(unit.db, kakaoId)
    case 'lift_suspension':
      return await liftSuspension(unit.db, kakaoId)
    case 'check': {
      const endedAt = occurredAt.getTime()
      return await requestLinkCheck(deps.jobs, unit, { userId, kakaoId, reason, endedAt })
    }
    case 'purge':
      return await endLink(deps, unit, { identity, reason, endedAt: occurredAt })
    default:
  }
}

/** Whoever left, and came back before Kakao told of the unlink, or by a clock behind Kakao's. */
async function isOfFormerLink(
  { kakaoIdHash }: EndLinkDeps,
  { db, at }: UnitOfWork,
  { identity: { kakaoId, linkedAt }, occurredAt }: Occurrence,
): Promise<boolean> {
  if (occurredAt.getTime() > linkedAt.getTime() + KAKAO_BEHIND_MS) return false
  const since = new Date(occurredAt.getTime() - OURS_FOR_MS)
  return await hasLinkEndedSince(db, kakaoIdHash.deriveAll(kakaoId), { since, now: at })
}

/** It may be the new link all the same: Kakao is asked before anything is done. */
async function doubtUnlink(
  { jobs }: EndLinkDeps,
  unit: UnitOfWork,
  { identity: { userId, kakaoId }, effect, occurredAt, reason }: Occurrence,
): Promise<void> {
  if (effect.link !== 'check') return
  const endedAt = occurredAt.getTime()
  await requestLinkCheck(jobs, unit, { userId, kakaoId, reason, endedAt, isDoubtful: true })
}

function wasCausedByUs({ identity: { endedByUsAt }, occurredAt }: Occurrence): boolean {
  if (endedByUsAt === null) return false
  const sinceMs = occurredAt.getTime() - endedByUsAt.getTime()
  return sinceMs >= -KAKAO_BEHIND_MS && sinceMs <= OURS_FOR_MS
}

/** In whole seconds, since Kakao tells no finer time. A login that is dated ahead is of no account. */
function isBeforeLastLogin({ identity, occurredAt }: Occurrence, now: Date): boolean {
  const toSeconds = (instant: Date) => Math.floor(instant.getTime() / 1000)
  if (identity.lastLoginAt >= tooLate(now)) return false
  return toSeconds(occurredAt) < toSeconds(identity.lastLoginAt)
}
