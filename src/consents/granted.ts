import type { UnitOfWork } from '../events/index.ts'
import { type ConsentEntry, findEntries } from './consent-store.ts'
import { type LedgerOwner, record } from './ledger.ts'

/** What a login's token answer says of consents. */
export interface Grant extends LedgerOwner {
  /** Kakao's `scope`; absent where it said nothing. */
  readonly scopes: readonly string[] | undefined
  /** When Kakao was asked: of what changed since, the answer knows nothing. */
  readonly askedAt: Date
  readonly isSignUp: boolean
}

/** How consents stand after a login. */
export interface Granted {
  /** @returns `undefined` where nobody knows. */
  readonly agrees: (item: string) => boolean | undefined
  /** Something was gained, or answer and ledger contradict each other: Kakao has to be asked. */
  readonly isNews: boolean
}

/**
 * Writes into the ledger what a login was granted. An item that is missing from a `scope` is not
 * taken for a revocation, and one revoked since Kakao was asked not for agreed.
 */
export async function recordGrant(unit: UnitOfWork, grant: Grant): Promise<Granted> {
  const part = { ...grant, kind: 'item' } as const
  const known = await findEntries(unit.db, part)
  const scopes = grant.scopes?.filter((scope) => scope !== 'openid')
  const isContested = (item: string) => isRevokedSince(known.get(item), grant.askedAt)
  const news = scopes?.filter((item) => !isContested(item)) ?? []
  await record(unit, { ...part, facts: news.map((id) => ({ id, agreed: true })) }, known)

  const hasGained = news.some((item) => !known.get(item)?.agreed)
  const hasLost = [...known.values()].some(({ id, agreed }) => agreed && !scopes?.includes(id))
  return {
    agrees: (item) => (news.includes(item) ? true : known.get(item)?.agreed),
    isNews: scopes !== undefined && (hasGained || hasLost || scopes.some(isContested)),
  }
}

function isRevokedSince(entry: ConsentEntry | undefined, askedAt: Date): boolean {
  const isRevoked = entry !== undefined && !entry.agreed && entry.changes > 1
  return isRevoked && entry.since >= askedAt
}
