import type { Selectable } from 'kysely'
import type { Db, JobTable } from '../db/index.ts'

/** A job as it is kept. */
export interface StoredJob {
  readonly id: string
  readonly kind: string
  readonly sealedPayload: string
  readonly createdAt: Date
  readonly attempts: number
}

export interface NewJob {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly sealedPayload: string
  readonly createdAt: Date
  readonly dueAt: Date
}

export async function insertJob(db: Db, job: NewJob): Promise<void> {
  await db
    .insertInto('jobs')
    .values({
      id: job.id,
      kind: job.kind,
      subject: job.subject,
      sealed_payload: job.sealedPayload,
      created_at: job.createdAt.getTime(),
      due_at: job.dueAt.getTime(),
      attempts: 0,
    })
    .execute()
}

/**
 * Takes the job that has been due longest, of those that nobody is at. Whoever dies at it loses it
 * when the lease ends.
 *
 * @returns `'lost'` when another worker was faster: look again.
 */
export async function takeJob(
  db: Db,
  { now, leaseMs }: { now: Date; leaseMs: number },
): Promise<StoredJob | 'lost' | undefined> {
  const at = now.getTime()
  const due = await db
    .selectFrom('jobs')
    .select(['id', 'attempts'])
    .where('failed_at', 'is', null)
    .where('due_at', '<=', at)
    .where((is) => is.or([is('leased_until', 'is', null), is('leased_until', '<=', at)]))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  if (due === undefined) return undefined

  const row = await db
    .updateTable('jobs')
    .set({ leased_until: at + leaseMs, attempts: due.attempts + 1 })
    .where('id', '=', due.id)
    .where('attempts', '=', due.attempts)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? 'lost' : toJob(row)
}

/** Only whoever took it last may say what came of it. */
export async function removeJob(db: Db, { id, attempts }: StoredJob): Promise<void> {
  await db.deleteFrom('jobs').where('id', '=', id).where('attempts', '=', attempts).execute()
}

export async function postponeJob(db: Db, { id, attempts }: StoredJob, dueAt: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ due_at: dueAt.getTime(), leased_until: null })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute()
}

/** Goes on with what is left of it. */
export async function continueJob(
  db: Db,
  { id, attempts }: StoredJob,
  { sealedPayload, dueAt }: { sealedPayload: string; dueAt: Date },
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ sealed_payload: sealedPayload, due_at: dueAt.getTime(), leased_until: null })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute()
}

export async function giveJobUp(db: Db, { id, attempts }: StoredJob, now: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ failed_at: now.getTime(), leased_until: null })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute()
}

function toJob(row: Selectable<JobTable>): StoredJob {
  return {
    id: row.id,
    kind: row.kind,
    sealedPayload: row.sealed_payload,
    createdAt: new Date(row.created_at),
    attempts: row.attempts,
  }
}
