import type { ExpressionBuilder } from 'kysely'
import type { Db, Schema } from '../db/index.ts'
import { type LaneName, openLanes } from '../events/index.ts'

/** An event that never arrived, however often it was sent. */
export interface DeadLetter {
  /** The event's: `evt_…`. */
  readonly id: string
  readonly url: string
  readonly type: string
  readonly userId: string
  readonly attempts: number
  /** HTTP status of the last attempt; `null`: no answer came. */
  readonly lastStatus: number | null
  readonly failedAt: Date
}

const MOST_AT_ONCE = 500

/** All dead letters, the oldest first, read page by page. */
export async function* listDeadLetters(db: Db): AsyncGenerator<DeadLetter> {
  let page = await readPage(db)
  while (page.length > 0) {
    yield* page
    page = await readPage(db, page.at(-1))
  }
}

/** Index: `event_deliveries_by_failure`. */
async function readPage(db: Db, after?: DeadLetter): Promise<DeadLetter[]> {
  const rows = await db
    .selectFrom('event_deliveries')
    .select(['event_id', 'url', 'type', 'user_id', 'attempts', 'last_status', 'failed_at'])
    .where('failed_at', 'is not', null)
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('failed_at', 'event_id', 'url'),
          '>',
          tuple(after?.failedAt.getTime() ?? 0, after?.id ?? '', after?.url ?? ''),
        ),
      ),
    )
    .orderBy('failed_at')
    .orderBy('event_id')
    .orderBy('url')
    .limit(MOST_AT_ONCE)
    .execute()

  return rows.map((row) => ({
    id: row.event_id,
    url: row.url,
    type: row.type,
    userId: row.user_id,
    attempts: row.attempts,
    lastStatus: row.last_status,
    failedAt: new Date(row.failed_at ?? 0),
  }))
}

/**
 * Removes dead letters from before an instant, some at a time.
 *
 * Index: `event_deliveries_by_failure`.
 */
export async function removeDeadLettersBefore(db: Db, before: Date): Promise<void> {
  for (;;) {
    const removed = await db
      .deleteFrom('event_deliveries')
      .where((is) => isAmong(is, oldest(is).where('failed_at', '<', before.getTime())))
      .executeTakeFirst()
    if (removed.numDeletedRows < MOST_AT_ONCE) return
  }
}

/** A dead letter that is one no more. */
export interface Resent extends LaneName {
  readonly id: string
}

/** Has one event sent again, to each URL where it is a dead letter. @returns Where. */
export async function resendDeadLetter(db: Db, id: string, now: Date): Promise<Resent[]> {
  return await db.transaction().execute(async (transaction) => {
    const resent = await transaction
      .updateTable('event_deliveries')
      .set(AS_NEW)
      .where('event_id', '=', id)
      .where('failed_at', 'is not', null)
      .returning(['event_id as id', 'url', 'user_id as userId'])
      .execute()
    await hurry(transaction, resent, now)
    return resent
  })
}

/** Has all of them sent again that are dead by now. */
export async function* resendAllDeadLetters(db: Db, now: Date): AsyncGenerator<Resent> {
  for (;;) {
    const resent = await resendSome(db, now)
    yield* resent
    if (resent.length < MOST_AT_ONCE) return
  }
}

async function resendSome(db: Db, now: Date): Promise<Resent[]> {
  return await db.transaction().execute(async (transaction) => {
    const resent = await transaction
      .updateTable('event_deliveries')
      .set(AS_NEW)
      .where((is) => isAmong(is, oldest(is).where('failed_at', '<=', now.getTime())))
      .returning(['event_id as id', 'url', 'user_id as userId'])
      .execute()
    await hurry(transaction, resent, now)
    return resent
  })
}

type Builder = ExpressionBuilder<Schema, 'event_deliveries'>

function oldest({ selectFrom }: Builder) {
  return selectFrom('event_deliveries')
    .select(['event_id', 'url'])
    .orderBy('failed_at')
    .limit(MOST_AT_ONCE)
}

function isAmong({ eb, refTuple }: Builder, letters: ReturnType<typeof oldest>) {
  return eb(refTuple('event_id', 'url'), 'in', letters.$asTuple('event_id', 'url'))
}

const AS_NEW = { failed_at: null, attempts: 0, last_status: null } as const

async function hurry(db: Db, resent: readonly LaneName[], now: Date): Promise<void> {
  const lanes = new Map(resent.map(({ url, userId }) => [`${url} ${userId}`, { url, userId }]))
  if (lanes.size > 0) await openLanes(db, [...lanes.values()], { dueAt: now, isUrgent: true })
}
