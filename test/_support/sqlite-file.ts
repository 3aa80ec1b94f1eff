import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'vitest'

/** A database file of a test's own, in a folder that goes with the test. */
export interface SqliteFile {
  readonly path: string
  readonly url: string
  /** Takes the write lock, as another process would. @returns Lets it go. */
  lock(): () => void
}

export async function createSqliteFile({ onTestFinished }: TestContext): Promise<SqliteFile> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-db-'))
  onTestFinished(async () => await rm(folder, { recursive: true }))
  const path = join(folder, 'daemun.db')

  return {
    path,
    url: `sqlite:${path}`,
    lock() {
      const other = new DatabaseSync(path)
      other.exec('begin immediate')
      return () => other.close()
    },
  }
}
