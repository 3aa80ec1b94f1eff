import type { Db } from '../db/index.ts'
import type { CountOfOther, KeyCount } from './counter.ts'

/** Of more that changed at once, the rest is left out. */
const MOST_LEARNED = 10_000

/** Keeps what an instance has counted, in place of what it kept of the same keys before. */
export async function saveCounts(
  db: Db,
  counts: readonly KeyCount[],
  { instance, now }: { instance: string; now: Date },
): Promise<void> {
  const rows = counts.map(({ key, count, endsAt }) => ({
    key,
    instance,
    count,
    ends_at: endsAt,
    changed_at: now.getTime(),
  }))
  await db
    .insertInto('rate_counts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['key', 'instance']).doUpdateSet((row) => ({
        count: row.ref('excluded.count'),
        ends_at: row.ref('excluded.ends_at'),
        changed_at: row.ref('excluded.changed_at'),
      })),
    )
    .execute()
}

/**
 * Lists what each of the other instances has counted, of keys of which it said something since then.
 *
 * Index: `rate_counts_by_change`.
 */
export async function listCountsOfOthers(
  db: Db,
  { instance, since, now }: { instance: string; since: Date; now: Date },
): Promise<CountOfOther[]> {
  return await db
    .selectFrom('rate_counts')
    .select(['key', 'instance', 'count', 'ends_at as endsAt'])
    .where('changed_at', '>', since.getTime())
    .where('instance', '<>', instance)
    .where('ends_at', '>', now.getTime())
    .orderBy('changed_at', 'desc')
    .limit(MOST_LEARNED)
    .execute()
}
