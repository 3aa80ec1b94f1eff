import { loadStoreConfig } from '../config/index.ts'
import { BackupExistsError, backUpDatabase, toSqlitePath } from '../db/index.ts'
import { StoreOpenError } from '../db/open-error.ts'
import { CommandFailedError } from './command-failed-error.ts'
import { requireDatabase } from './require-database.ts'
import { UsageError } from './usage-error.ts'

/** `daemun backup FILE`: a copy of the SQLite database, beside a running server. */
export async function runBackup(target: string | undefined): Promise<number> {
  if (target === undefined) throw new UsageError('daemun backup: name the FILE to write')
  const store = await loadStoreConfig('.env', process.env)
  const path = toSqlitePath(store.url)
  if (path === undefined) {
    throw new UsageError('daemun backup: is for SQLite; back PostgreSQL up with its own pg_dump')
  }
  requireDatabase(store)
  exitOnSignals()

  try {
    const bytes = await backUpDatabase(path, target)
    process.stdout.write(`${JSON.stringify({ file: target, bytes })}\n`)
    return 0
  } catch (error) {
    throw describeFailure(error)
  }
}

/** Killed in the midst of it, it would leave a part of a copy behind, with all that is personal. */
function exitOnSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      process.stderr.write(`daemun backup: broken off by ${signal}\n`)
      process.exit(1)
    })
  }
}

function describeFailure(error: unknown): unknown {
  if (error instanceof StoreOpenError) return error
  if (error instanceof BackupExistsError) {
    return new CommandFailedError('daemun backup: FILE is there already, and is left as it is')
  }
  const why = error instanceof Error ? error.message : 'for no reason known'
  return new CommandFailedError(`daemun backup: FILE cannot be written: ${why}`, { cause: error })
}
