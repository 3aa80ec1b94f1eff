import type { Db } from '../db/index.ts'
import { type Delivery, leaveLane, leaveOrCloseLane, type TakenLane } from './lane-store.ts'

/** A delivery, and whoever took its lane is at it. */
export interface Turn {
  readonly lane: TakenLane
  readonly delivery: Delivery
}

/** An attempt that failed. */
export interface FailedAttempt {
  readonly status: number | null
  readonly at: Date
}

/** Notes that it arrived: it is gone from the store. */
export async function noteDelivered(db: Db, { lane, delivery }: Turn, at: Date): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('event_deliveries')
      .where('event_id', '=', delivery.eventId)
      .where('url', '=', lane.url)
      .execute()
    await leaveOrCloseLane(transaction, lane, at)
  })
}

/** Notes that it did not, and when to try again. */
export async function noteFailed(
  db: Db,
  turn: Turn,
  { attempt, dueAt }: { attempt: FailedAttempt; dueAt: Date },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await countAttempt(transaction, turn, { ...attempt, isLast: false })
    await leaveLane(transaction, turn.lane, dueAt)
  })
}

/** Notes that it never will by itself: what is behind it passes. */
export async function noteDead(db: Db, turn: Turn, attempt: FailedAttempt): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await countAttempt(transaction, turn, { ...attempt, isLast: true })
    await leaveOrCloseLane(transaction, turn.lane, attempt.at)
  })
}

/** Of two that were at it, since one had been taken for dead, one counts. */
async function countAttempt(
  db: Db,
  { lane, delivery }: Turn,
  { status, at, isLast }: FailedAttempt & { isLast: boolean },
): Promise<void> {
  await db
    .updateTable('event_deliveries')
    .set({
      attempts: delivery.attempts + 1,
      last_status: status,
      failed_at: isLast ? at.getTime() : null,
    })
    .where('event_id', '=', delivery.eventId)
    .where('url', '=', lane.url)
    .where('attempts', '=', delivery.attempts)
    .execute()
}
