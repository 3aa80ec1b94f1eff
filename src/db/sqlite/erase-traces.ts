import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../schema.ts'
import { holdsAny, type Trace } from './raw-file.ts'

/** Larger ones would stand still for seconds while they are written anew. */
const MOST_MENDED_BYTES = 64 * 1024 * 1024
/** Readers of other processes are done sooner. */
const MOST_LOOKS = 60
const LOOK_EVERY_MS = 50

/**
 * Sees to it that nothing deleted is left in the files of an SQLite database.
 *
 * The journal still holds the pages as they were: it is emptied. And `secure_delete` overwrites what
 * is deleted, but not the copies that pages leave behind in their unused part when they are split:
 * where a file holds a trace even so, it is written anew.
 *
 * @param traces What was deleted; only what could be nobody else's.
 * @returns Whether the journal is empty; otherwise another process was reading all the time.
 */
export async function eraseTraces(db: Db, traces: readonly Trace[]): Promise<boolean> {
  if (!(await emptyJournal(db))) return false
  const { path, bytes } = await describeFile(db)
  const isLookedAt = path !== '' && bytes <= MOST_MENDED_BYTES && traces.length > 0
  if (!isLookedAt || !(await holdsAny(path, traces))) return true

  await sql`vacuum`.execute(db)
  return await emptyJournal(db)
}

/** @see [SQLite: PRAGMA wal_checkpoint](https://www.sqlite.org/pragma.html#pragma_wal_checkpoint) */
async function emptyJournal(db: Db): Promise<boolean> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db)
    if (rows[0]?.busy !== 1) return true
    await sleep(LOOK_EVERY_MS)
  }
  return false
}

/** @returns An empty path for a database in memory. */
async function describeFile(db: Db): Promise<{ path: string; bytes: number }> {
  const { rows } = await sql<{ path: string; bytes: number }>`
    select (select file from pragma_database_list where name = 'main') as path,
      (select page_count from pragma_page_count) * (select page_size from pragma_page_size) as bytes
  `.execute(db)
  return rows[0] ?? { path: '', bytes: 0 }
}
