import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { link, open, stat } from 'node:fs/promises'
import { backup, DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { StoreOpenError } from '../open-error.ts'

/** There is a file of that name already. */
export class BackupExistsError extends Error {
  override readonly name = 'BackupExistsError'
}

/** All pages in one step: between two steps every write of another process would begin it anew. */
const ALL_PAGES = 0x7fff_ffff
const BUSY_TIMEOUT_MS = 5000

/**
 * Copies a database as it is at one instant, beside running servers. The copy is for its owner
 * alone, and appears whole or not at all.
 *
 * @param path The database.
 * @param target Where the copy goes; nothing may be there.
 * @returns Its size in bytes.
 * @throws {StoreOpenError} There is no database, or it cannot be read.
 * @throws {BackupExistsError}
 * @throws Node's own error where the copy cannot be written.
 */
export async function backUpDatabase(path: string, target: string): Promise<number> {
  if (existsSync(target)) throw new BackupExistsError()
  const draft = `${target}.${randomBytes(6).toString('hex')}.part`
  const removeDraft = () => {
    for (const end of ['', '-journal']) rmSync(draft + end, { force: true })
  }
  // Before it is there: whoever is told to stop may be told at any time.
  process.once('exit', removeDraft)
  try {
    await (await open(draft, 'wx', 0o600)).close()
    await copyPages(path, draft)
    await link(draft, target)
    return (await stat(target)).size
  } catch (error) {
    throw isThere(error) ? new BackupExistsError() : error
  } finally {
    removeDraft()
    process.off('exit', removeDraft)
  }
}

async function copyPages(path: string, target: string): Promise<void> {
  const database = openSource(path)
  try {
    await backup(database, target, { rate: ALL_PAGES })
  } finally {
    database.close()
  }
}

function openSource(path: string): DatabaseSync {
  // Not read-only, so that whoever closes last tidies up; nor does this make a file.
  const url = pathToFileURL(path)
  url.searchParams.set('mode', 'rw')
  try {
    const database = new DatabaseSync(url, { timeout: BUSY_TIMEOUT_MS })
    database.exec('select count(*) from sqlite_master')
    return database
  } catch (error) {
    throw new StoreOpenError(error)
  }
}

function isThere(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST'
}
