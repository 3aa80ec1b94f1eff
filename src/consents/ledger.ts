import type { ConsentKind, ConsentPath, UnitOfWork } from '../events/index.ts'
import { lockIdentity } from '../users/index.ts'
import type { ConsentFact } from './consent.ts'
import { type ConsentEntry, findEntries, writeChanges, writeEntries } from './consent-store.ts'

/** Whose consents, and how they were learned of. */
export interface LedgerOwner {
  readonly userId: string
  readonly kakaoId: string
  readonly path: ConsentPath
}

export interface LedgerNews extends LedgerOwner {
  readonly kind: ConsentKind
  readonly facts: readonly ConsentFact[]
  /** Part of a sign-up, which tells of it all by itself. */
  readonly isSignUp?: boolean
}

/**
 * Writes down what was learned of consents. What stands already as learned is no news; what was
 * never agreed to is written and not told. The identity has to be locked.
 */
export async function recordConsents(unit: UnitOfWork, news: LedgerNews): Promise<void> {
  await record(unit, news, await findEntries(unit.db, news))
}

/** As {@link recordConsents}, where it is known already how the consents stood. */
export async function record(
  unit: UnitOfWork,
  news: LedgerNews,
  known: ReadonlyMap<string, ConsentEntry>,
): Promise<void> {
  const entries = news.facts
    .map((fact) => toEntry(unit, news, { fact, before: known.get(fact.id) }))
    .filter((entry) => isNews(entry, known.get(entry.id)))
  const changed = entries.filter((entry) => entry.changes !== known.get(entry.id)?.changes)
  await writeEntries(unit.db, news, entries)
  await writeChanges(unit.db, news, changed)

  if (news.isSignUp) return
  const { userId, kind } = news
  for (const { id, agreed, path } of changed) {
    if (!agreed && !known.has(id)) continue
    unit.tell({ type: 'consent.changed', userId, data: { kind, id, agreed, path } })
  }
}

/** Ends every consent of an identity: its tie to Kakao is gone. */
export async function endConsents(unit: UnitOfWork, owner: LedgerOwner): Promise<void> {
  await lockIdentity(unit.db, owner.kakaoId)
  for (const kind of ['item', 'term'] as const) {
    const entries = await findEntries(unit.db, { ...owner, kind })
    const agreed = [...entries.values()].filter((entry) => entry.agreed)
    const facts = agreed.map(({ id }) => ({ id, agreed: false }))
    await record(unit, { ...owner, kind, facts }, entries)
  }
}

function toEntry(
  unit: UnitOfWork,
  { path }: LedgerOwner,
  { fact, before }: { fact: ConsentFact; before: ConsentEntry | undefined },
): ConsentEntry {
  const { id, agreed } = fact
  const isChange = before === undefined || before.agreed !== agreed
  const required = fact.required ?? before?.required ?? null
  // Of what is not agreed to, Kakao says nothing to be relied on.
  const revocable = agreed ? (fact.revocable ?? null) : null
  if (!isChange) return { ...before, required, revocable: revocable ?? before.revocable }
  return {
    id,
    agreed,
    required,
    revocable,
    since: fact.since ?? unit.at,
    // No login takes a consent back: that it was is found behind one.
    path: path === 'login' && before !== undefined && !agreed ? 'sync' : path,
    changes: (before?.changes ?? 0) + 1,
  }
}

function isNews(entry: ConsentEntry, before: ConsentEntry | undefined): boolean {
  return (
    entry.changes !== before?.changes ||
    entry.required !== before.required ||
    entry.revocable !== before.revocable
  )
}
