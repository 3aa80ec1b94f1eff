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
 * Opens the SQLite that is built into Node.
 *
 * @param path A file, made when missing with its folder; or `:memory:`.
 */
export async function openDatabase(path: string, deadline: Deadline): Promise<DatabaseSync> {
  if (path !== IN_MEMORY) createPrivateFile(path)
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    await whileBusy(() => database.exec(PRAGMAS), { deadline })
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Readable by its owner alone; SQLite gives its journal the same mode. */
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
}
