import { DatabaseSync } from 'node:sqlite'
import type { Statement } from './collect-statements.ts'
import type { Explain } from './explain.ts'

/** An index is read from end to end as well, where no limit stops it. */
function isPage(sql: string, detail: string): boolean {
  return / limit \?/.test(sql) && detail.includes(' USING INDEX ')
}

/** Asks SQLite how it would go about statements. */
export function openSqliteExplain(path: string): Explain {
  const database = new DatabaseSync(path)
  database.exec('analyze')

  return {
    async explain({ sql }: Statement) {
      const rows = database.prepare(`explain query plan ${sql}`).all()
      const details = rows.map(({ detail }) => String(detail))
      const made = details.flatMap((detail) => /^CO-ROUTINE (\w+)/.exec(detail)?.[1] ?? [])
      return {
        scanned: details
          .filter((detail) => !isPage(sql, detail))
          .flatMap((detail) => /^SCAN ([a-z]\w*)/.exec(detail)?.[1] ?? [])
          // What a subquery found is read to its end; its own limit is looked at by itself.
          .filter((name) => !made.includes(name)),
        indexes: details.flatMap((detail) => / INDEX (\w+)/.exec(detail)?.[1] ?? []),
      }
    },
    close: async () => database.close(),
  }
}
