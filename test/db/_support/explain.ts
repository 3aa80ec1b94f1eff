import type { Statement } from './collect-statements.ts'
import { openPostgresExplain } from './explain-postgres.ts'
import { openSqliteExplain } from './explain-sqlite.ts'

/** How a database would go about a statement. */
export interface Plan {
  /** Tables that it would read from the first row to the last. */
  readonly scanned: readonly string[]
  /** The indexes that carry it. */
  readonly indexes: readonly string[]
}

export interface Explain {
  explain(statement: Statement): Promise<Plan>
  close(): Promise<void>
}

/** Has the database look at what there is, and then answers from what it knows. */
export async function openExplain(url: string): Promise<Explain> {
  return url.startsWith('sqlite:')
    ? openSqliteExplain(url.slice('sqlite:'.length))
    : await openPostgresExplain(url)
}
