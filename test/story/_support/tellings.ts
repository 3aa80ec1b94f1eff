import type { Db } from '../../../src/db/index.ts'
import type { Letter } from '../../_support/receiver.ts'

/** What happened to one user, as one of the witnesses has it. */
export type Story = Readonly<Record<string, readonly string[]>>

/** As the audit log has it: every line about a user that is an event too. */
export async function tellByAuditLog(db: Db): Promise<Story> {
  const lines = await db.selectFrom('audit_log').selectAll().orderBy('id').execute()
  const events = lines.filter(({ action }) => !/^(kakao\.|login\.|withdrawal\.)/.test(action))
  return groupByUser(events.map(({ user_id, action }) => [user_id ?? '', action]))
}

/** As the service was told, each event once, in the order of their numbers. */
export function tellByLetters(letters: readonly Letter[]): Story {
  const once = new Map(letters.map((letter) => [letter.id, letter]))
  const ordered = [...once.values()].sort((one, other) => one.data.sequence - other.data.sequence)
  return groupByUser(ordered.map(({ data, type }) => [data.user_id, type]))
}

/** Numbers that were never told, by user. */
export function findGaps(letters: readonly Letter[]): readonly string[] {
  const numbers = new Map<string, Set<number>>()
  for (const { data } of letters) {
    const known = numbers.get(data.user_id) ?? new Set()
    numbers.set(data.user_id, known.add(data.sequence))
  }
  return [...numbers].filter(([, told]) => Math.max(...told) !== told.size).map(([user]) => user)
}

/** Items agreed to, by user, as the ledger has it. */
export async function readLedger(db: Db, users: readonly string[]): Promise<Story> {
  const rows = await db
    .selectFrom('consents')
    .innerJoin('identities', 'identities.kakao_id', 'consents.kakao_id')
    .select(['identities.user_id', 'consents.id'])
    .where('consents.kind', '=', 'item')
    .where('consents.agreed', '=', 1)
    .execute()
  const ofThem = rows.filter(({ user_id }) => users.includes(user_id))
  return sortAll(groupByUser(ofThem.map(({ user_id, id }) => [user_id, id])))
}

/** The same, as whoever only heard the events has it. */
export function foldConsents(letters: readonly Letter[], users: readonly string[]): Story {
  const agreed = new Map(users.map((user) => [user, new Set<string>()]))
  const ordered = [...new Map(letters.map((letter) => [letter.id, letter])).values()].sort(
    (one, other) => one.data.sequence - other.data.sequence,
  )
  for (const { type, data } of ordered) {
    const items = agreed.get(data.user_id)
    if (type === 'user.created') for (const id of data.consents as string[]) items?.add(id)
    if (type !== 'consent.changed' || data.kind !== 'item') continue
    if (data.agreed) items?.add(String(data.id))
    else items?.delete(String(data.id))
  }
  const entries = [...agreed].filter(([, items]) => items.size > 0)
  return sortAll(Object.fromEntries(entries.map(([user, items]) => [user, [...items]])))
}

function groupByUser(told: readonly (readonly [string, string])[]): Story {
  const story: Record<string, string[]> = {}
  for (const [user, what] of told) {
    story[user] ??= []
    story[user].push(what)
  }
  return story
}

function sortAll(story: Story): Story {
  return Object.fromEntries(Object.entries(story).map(([user, told]) => [user, [...told].sort()]))
}
