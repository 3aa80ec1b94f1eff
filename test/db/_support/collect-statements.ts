import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { vi } from 'vitest'

/** A statement as it went to the database. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** Listens at the drivers, below everything of ours. @returns Each statement once. */
export async function collectStatements(work: () => Promise<void>): Promise<Statement[]> {
  const found = new Map<string, Statement>()
  const keep = (sql: unknown, parameters: readonly unknown[] = []) => {
    if (typeof sql === 'string' && isOurs(sql)) found.set(sql, { sql, parameters })
  }
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare')
  const query = vi.spyOn(pg.Client.prototype, 'query')
  await work()
  for (const [sql] of prepare.mock.calls) keep(sql)
  for (const [{ text, values }] of query.mock.calls as unknown as [pg.QueryConfig][]) {
    keep(text, values)
  }
  prepare.mockRestore()
  query.mockRestore()
  return [...found.values()]
}

/** Reads and writes rows of our tables, rather than schema, locks or transactions. */
function isOurs(sql: string): boolean {
  return (
    /^\s*(select|insert|update|delete|with)\b/i.test(sql) &&
    /\b(from|into|update)\s+"?[a-z_]+/i.test(sql) &&
    !/sqlite_master|pragma_/.test(sql)
  )
}
