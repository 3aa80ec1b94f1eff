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

/** From when on, and until when, whoever takes a job has it. */
export interface Lease {
  readonly now: Date
  readonly until: Date
}

/**
 * Takes the job that has been due longest, of those that nobody is at. Whoever dies at it loses it
 * when the lease ends. Index: `jobs_by_turn`.
 *
 * @returns `'lost'` when another worker was faster: look again.
 */
export async function takeJob(db: Db, lease: Lease): Promise<StoredJob | 'lost' | undefined> {
  const at = lease.now.getTime()
  const due = await db
    .selectFrom('jobs')
    .select(['id', 'attempts'])
    .where('failed_at', 'is', null)
    .where('due_at', '<=', at)
    .where((is) => is.or([is('leased_until', 'is', null), is('leased_until', '<=', at)]))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return due && (await lend(db, due, lease))
}

/** What a job is about, and of which kind it is. */
export interface JobKey {
  readonly kind: string
  /** Any of them. */
  readonly subjects: readonly string[]
}

/**
 * Takes a job before its time, also one that was given up. Index: `jobs_by_subject`.
 *
 * @returns `'lost'` while somebody else is at it; `undefined` when there is none.
 */
export async function takeJobEarly(
  db: Db,
  { kind, subjects }: JobKey,
  lease: Lease,
): Promise<StoredJob | 'lost' | undefined> {
  const next = await db
    .selectFrom('jobs')
    .select(['id', 'attempts', 'leased_until'])
    .where('kind', '=', kind)
    .where('subject', 'in', subjects)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  const isTaken = next !== undefined && (next.leased_until ?? 0) > lease.now.getTime()
  return isTaken ? 'lost' : next && (await lend(db, next, lease))
}

async function lend(
  db: Db,
  { id, attempts }: Pick<StoredJob, 'id' | 'attempts'>,
  { until }: Lease,
): Promise<StoredJob | 'lost'> {
  const row = await db
    .updateTable('jobs')
    .set({ leased_until: until.getTime(), attempts: attempts + 1 })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? 'lost' : toJob(row)
}

/** @returns Whether it was still theirs: only whoever took a job last may say what comes of it. */
export async function extendLease(
  db: Db,
  { id, attempts }: StoredJob,
  until: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ leased_until: until.getTime() })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Index: `jobs_by_subject`. */
export async function hasJob(db: Db, { kind, subjects }: JobKey): Promise<boolean> {
  const row = await db
    .selectFrom('jobs')
    .select('id')
    .where('kind', '=', kind)
    .where('subject', 'in', subjects)
    .executeTakeFirst()
  return row !== undefined
}

/** Lets jobs of these kinds that wait for another attempt wait no longer. Index: `jobs_by_turn`. */
export async function makeDue(db: Db, kinds: readonly string[], now: Date): Promise<void> {
  if (kinds.length === 0) return
  await db
    .updateTable('jobs')
    .set({ due_at: now.getTime() })
    .where('kind', 'in', kinds)
    .where('failed_at', 'is', null)
    .where('due_at', '>', now.getTime())
    .execute()
}

/** Forgets whatever was still to be done about somebody. Index: `jobs_by_subject_alone`. */
export async function removeJobsAbout(db: Db, subject: string): Promise<void> {
  await db.deleteFrom('jobs').where('subject', '=', subject).execute()
}

/** @returns Whether it was still theirs. */
export async function removeJob(db: Db, { id, attempts }: StoredJob): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('jobs')
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

export async function postponeJob(db: Db, { id, attempts }: StoredJob, dueAt: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ due_at: dueAt.getTime(), leased_until: null })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute()
}

/** Goes on with what is left of it. @returns Whether it was still theirs. */
export async function continueJob(
  db: Db,
  { id, attempts }: StoredJob,
  { sealedPayload, dueAt }: { sealedPayload: string; dueAt: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ sealed_payload: sealedPayload, due_at: dueAt.getTime(), leased_until: null })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
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
