import type { Db } from '../db/index.ts'
import type { ToldEvent } from './told-event.ts'

/**
 * Leaves events to be delivered, in the transaction of what they tell of.
 *
 * @param urls To whom; nobody: nothing is written.
 */
export async function writeOutbox(
  db: Db,
  urls: readonly string[],
  { at, events }: { at: Date; events: readonly ToldEvent[] },
): Promise<void> {
  if (urls.length === 0 || events.length === 0) return
  const userIds = [...new Set(events.map(({ data }) => data.user_id))]
  const lanes = urls.flatMap((url) => userIds.map((userId) => ({ url, userId })))
  await openLanes(db, lanes, { dueAt: at, isUrgent: false })
  await db
    .insertInto('event_deliveries')
    .values(urls.flatMap((url) => events.map((event) => toDelivery(url, event))))
    .execute()
}

function toDelivery(url: string, { id, type, timestamp, data }: ToldEvent) {
  return {
    event_id: id,
    url,
    user_id: data.user_id,
    sequence: data.sequence,
    type,
    body: JSON.stringify({ type, timestamp, data }),
    attempts: 0,
  }
}

/** What one URL is told of one user: one thing at a time, in order. */
export interface LaneName {
  readonly url: string
  readonly userId: string
}

/**
 * Says that something waits. A lane that is open already may be waiting for its receiver.
 *
 * @param options.isUrgent Whether it waits no longer.
 */
export async function openLanes(
  db: Db,
  lanes: readonly LaneName[],
  { dueAt, isUrgent }: { dueAt: Date; isUrgent: boolean },
): Promise<void> {
  const due_at = dueAt.getTime()
  const rows = lanes.map(({ url, userId }) => ({ url, user_id: userId, due_at }))
  await db
    .insertInto('event_lanes')
    .values(rows.map((row) => ({ ...row, turn: 0, additions: 0 })))
    .onConflict((conflict) =>
      conflict.columns(['url', 'user_id']).doUpdateSet(({ eb }) => ({
        additions: eb('event_lanes.additions', '+', 1),
        ...(isUrgent && { due_at }),
      })),
    )
    .execute()
}
