import { existsSync } from 'node:fs'
import { toSqlitePath } from '../db/index.ts'
import { CommandFailedError } from './command-failed-error.ts'

/**
 * Refuses an SQLite file that is not there, for what works on a store and never begins one: with a
 * mistyped path it would find a new, empty one in perfect order.
 *
 * @throws {CommandFailedError}
 */
export function requireDatabase({ url }: { readonly url: string }): void {
  const path = toSqlitePath(url)
  if (path === undefined || existsSync(path)) return
  throw new CommandFailedError(
    'DATABASE_URL: there is no database there; daemun serve or daemun migrate makes one',
  )
}
