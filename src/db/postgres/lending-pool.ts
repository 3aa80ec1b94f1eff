import type { PostgresPool } from 'kysely'
import type pg from 'pg'
import { startDeadline } from '../deadline.ts'
import { LentClient } from './lent-client.ts'
import type { StatementNames } from './statement-names.ts'

/**
 * Lends a pool's connections to one operation each: a statement, or a transaction. From asking for
 * the connection to the last answer, it has so many milliseconds.
 *
 * @param options.names By which a connection's server knows statements again.
 */
export function createLendingPool(
  pool: pg.Pool,
  { timeoutMs, names }: { timeoutMs: number; names: StatementNames },
): PostgresPool {
  return {
    options: pool.options,
    connect: async () => {
      const deadline = startDeadline(timeoutMs)
      return new LentClient(await pool.connect(), { deadline, names })
    },
    end: async () => await pool.end(),
  }
}
