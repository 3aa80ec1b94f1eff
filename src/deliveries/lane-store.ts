import type { Db } from '../db/index.ts'
import type { LaneName } from '../events/index.ts'

/** A lane that somebody has taken: until the lease ends, nobody else delivers what is in it. */
export interface TakenLane extends LaneName {
  readonly turn: number
  readonly additions: number
}

/** An event that waits. */
export interface Delivery {
  readonly eventId: string
  readonly type: string
  readonly sequence: number
  readonly body: string
  readonly attempts: number
}

/**
 * Takes the lane of a URL that has been due longest. Index: `event_lanes_by_due`.
 *
 * @returns `'lost'` when another worker was faster: look again.
 */
export async function takeLane(
  db: Db,
  url: string,
  { now, leaseMs }: { now: Date; leaseMs: number },
): Promise<TakenLane | 'lost' | undefined> {
  const due = await db
    .selectFrom('event_lanes')
    .select(['user_id', 'turn'])
    .where('url', '=', url)
    .where('due_at', '<=', now.getTime())
    .where((is) => is.or([is('leased_until', 'is', null), is('leased_until', '<=', now.getTime())]))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  if (due === undefined) return undefined

  const taken = await db
    .updateTable('event_lanes')
    .set({ leased_until: now.getTime() + leaseMs, turn: due.turn + 1 })
    .where('url', '=', url)
    .where('user_id', '=', due.user_id)
    .where('turn', '=', due.turn)
    .returning(['url', 'user_id as userId', 'turn', 'additions'])
    .executeTakeFirst()
  return taken ?? 'lost'
}

/** What comes first in a lane. Index: `event_deliveries_by_lane`. */
export async function findNext(db: Db, { url, userId }: LaneName): Promise<Delivery | undefined> {
  return await db
    .selectFrom('event_deliveries')
    .select(['event_id as eventId', 'type', 'sequence', 'body', 'attempts'])
    .where('url', '=', url)
    .where('user_id', '=', userId)
    .where('failed_at', 'is', null)
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirst()
}

/** Lets others have the lane, from then on. Only whoever took it last may say so. */
export async function leaveLane(db: Db, lane: TakenLane, dueAt: Date): Promise<void> {
  await db
    .updateTable('event_lanes')
    .set({ due_at: dueAt.getTime(), leased_until: null })
    .where('url', '=', lane.url)
    .where('user_id', '=', lane.userId)
    .where('turn', '=', lane.turn)
    .execute()
}

/** Lets others have the lane at once, or removes it where nothing is left in it. */
export async function leaveOrCloseLane(db: Db, lane: TakenLane, now: Date): Promise<void> {
  const isEmpty = (await findNext(db, lane)) === undefined
  if (isEmpty && (await closeLane(db, lane))) return
  await leaveLane(db, lane, now)
}

/** @returns Whether it is gone; what has come since the lane was taken keeps it. */
async function closeLane(db: Db, { url, userId, turn, additions }: TakenLane): Promise<boolean> {
  const closed = await db
    .deleteFrom('event_lanes')
    .where('url', '=', url)
    .where('user_id', '=', userId)
    .where('turn', '=', turn)
    .where('additions', '=', additions)
    .returning('turn')
    .executeTakeFirst()
  return closed !== undefined
}
