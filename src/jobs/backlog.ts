import { sql } from 'kysely'
import type { Db } from '../db/index.ts'

/** What waits of one kind. */
export interface Backlog {
  readonly kind: string
  readonly depth: number
  /** When the oldest became due, or was added where it has been tried in vain. */
  readonly oldest: Date
}

/**
 * Counts the jobs that wait for their turn or for another attempt, by kind, of those so many that are
 * due first. What is not due yet does not wait. Index: `jobs_by_turn`.
 */
export async function readBacklog(
  db: Db,
  { now, most }: { now: Date; most: number },
): Promise<Backlog[]> {
  const next = db
    .selectFrom('jobs')
    .select(['kind', 'created_at', 'due_at', 'attempts'])
    .where('failed_at', 'is', null)
    .orderBy('due_at')
    .limit(most)
  const rows = await db
    .selectFrom(next.as('next'))
    .select([
      'kind',
      sql<number>`count(*)`.as('depth'),
      sql<number>`min(case when attempts = 0 then due_at else created_at end)`.as('oldest'),
    ])
    .where((is) => is.or([is('due_at', '<=', now.getTime()), is('attempts', '>', 0)]))
    .groupBy('kind')
    .execute()
  return rows.map(({ kind, depth, oldest }) => ({ kind, depth, oldest: new Date(oldest) }))
}
