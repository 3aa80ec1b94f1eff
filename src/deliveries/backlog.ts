import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import { toIdTime } from '../events/index.ts'

/** What waits, or what is dead. */
export interface DeliveryBacklog {
  readonly depth: number
  /** When the event that waits longest happened; when the first letter became dead. */
  readonly oldest: Date | undefined
}

/** Counts what waits to be delivered, to so many at most. Index: `event_deliveries_by_failure`. */
export async function readDeliveryBacklog(db: Db, most: number): Promise<DeliveryBacklog> {
  const waiting = db
    .selectFrom('event_deliveries')
    .select('event_id')
    .where('failed_at', 'is', null)
    .orderBy('event_id')
    .limit(most)
  const { depth, oldest } = await db
    .selectFrom(waiting.as('waiting'))
    .select([sql<number>`count(*)`.as('depth'), sql<string | null>`min(event_id)`.as('oldest')])
    .executeTakeFirstOrThrow()
  return { depth, oldest: oldest === null ? undefined : toIdTime(oldest) }
}

/** Counts dead letters, to so many at most. Index: `event_deliveries_by_failure`. */
export async function readDeadLetterBacklog(db: Db, most: number): Promise<DeliveryBacklog> {
  const dead = db
    .selectFrom('event_deliveries')
    .select('failed_at')
    .where('failed_at', '>', 0)
    .orderBy('failed_at')
    .limit(most)
  const { depth, oldest } = await db
    .selectFrom(dead.as('dead'))
    .select([sql<number>`count(*)`.as('depth'), sql<number | null>`min(failed_at)`.as('oldest')])
    .executeTakeFirstOrThrow()
  return { depth, oldest: oldest === null ? undefined : new Date(oldest) }
}
