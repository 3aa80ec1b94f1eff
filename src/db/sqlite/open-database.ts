import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Deadline } from '../deadline.ts'
import { whileBusy } from './busy.ts'

/** Says of a path that the database lives in memory, and for one connection alone. */
export const IN_MEMORY = ':memory:'

/** FULL: a commit that was answered survives a power cut, at the price of one fsync each. */
const PRAGMAS = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma secure_delete = on;
`
/**
 * Before the first look at a file with a write-ahead log, this asks for the lock of the whole file,
 * and keeps it. It cannot be had while anybody else has the file open, be it idle.
 *
 * @see [SQLite: use of WAL without shared memory](https://www.sqlite.org/wal.html#use_of_wal_without_shared_memory)
 */
const ALONE = 'pragma locking_mode = exclusive;'

export interface OpenOptions {
  /** A file, made when missing with its folder; or `:memory:`. */
  readonly path: string
  /** Whether nobody else may have it open, from now until it is closed. */
  readonly isAlone?: boolean
}

/**
 * Opens the SQLite that is built into Node.
 *
 * @throws SQLite's own error, once the deadline is over; alone, SQLITE_BUSY at once.
 */
export async function openDatabase(
  { path, isAlone = false }: OpenOptions,
  deadline: Deadline,
): Promise<DatabaseSync> {
  if (path !== IN_MEMORY) createPrivateFile(path)
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    if (isAlone) database.exec(ALONE + PRAGMAS)
    else await whileBusy(() => database.exec(PRAGMAS), { deadline })
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Readable by its owner alone; SQLite gives its journal the same mode. A file that is there is not
 * touched: closing it here would take away the locks that SQLite holds on it in this process.
 *
 * @see [SQLite: how to corrupt a database, 2.2](https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_)
 */
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
