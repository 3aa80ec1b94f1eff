import type { Config } from '../config/index.ts'
import { endConsents } from '../consents/index.ts'
import type { UnitOfWork } from '../events/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { removeKeptTokens } from '../kept-tokens/index.ts'
import { dropIdentity } from '../links/index.ts'
import { eraseProfile, type Identity, listIdentities, markUnlinked } from '../users/index.ts'
import { type WithdrawDeps, withdraw } from '../withdrawal/index.ts'
import { endSessionsBegunBy } from './end-sessions.ts'

export interface EndLinkDeps extends WithdrawDeps {
  readonly jobs: JobQueue
  readonly config: Pick<Config, 'kakao' | 'tokens' | 'withdrawal'>
}

export interface EndedLink {
  readonly identity: Identity
  /** Kakao's own word for it, such as `UNLINK_FROM_APPS`. */
  readonly reason: string
  readonly endedAt: Date
}

/** After these there is no account to come back with. */
const FINAL_REASONS = new Set(['ACCOUNT_DELETE', 'FORCED_ACCOUNT_DELETE', 'account-purged'])

/**
 * Carries out that a link is gone at Kakao: the user withdraws, or stays and may come back with the
 * same Kakao account, as `ON_UNLINK` says. Of several identities only this one goes. A link that is
 * known to be gone is left alone, unless the account has gone since.
 */
export async function endLink(deps: EndLinkDeps, unit: UnitOfWork, link: EndedLink): Promise<void> {
  const { identity, reason } = link
  const isFinal = FINAL_REASONS.has(reason)
  if (identity.state === 'unlinked' && !isFinal) return

  await endSessionsBegunBy(deps, unit, { identity, by: link.endedAt, reason: 'unlinked' })
  const others = (await listIdentities(unit.db, identity.userId)).filter(
    ({ kakaoId }) => kakaoId !== identity.kakaoId,
  )
  const [other] = others
  if (other !== undefined) {
    return await dropIdentity(deps, unit, { identity, other, by: 'kakao', reason })
  }
  if (!isFinal && deps.config.withdrawal.onUnlink === 'detach') return await detach(unit, link)
  await withdraw(deps, unit, {
    userId: identity.userId,
    by: 'kakao',
    reason,
    unlinkAtKakao: false,
  })
}

/** The user stays, without anything that came from Kakao. */
async function detach(unit: UnitOfWork, { identity, reason }: EndedLink): Promise<void> {
  const { userId, kakaoId } = identity
  await removeKeptTokens(unit.db, kakaoId)
  await eraseProfile(unit, identity)
  await endConsents(unit, { userId, kakaoId, path: 'webhook' })
  await markUnlinked(unit.db, kakaoId)
  unit.tell({ type: 'identity.unlinked', userId, data: { by: 'kakao', reason } })
}
