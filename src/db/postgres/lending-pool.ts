import type { PostgresPool } from 'kysely'
import type pg from 'pg'
import { startDeadline } from '../deadline.ts'
import { LentClient, type LentOptions } from './lent-client.ts'

interface LendingOptions extends Omit<LentOptions, 'deadline'> {
  readonly timeoutMs: number
}

/**
 * Lends a pool's connections to one operation each: a statement, or a transaction. From asking for
 * the connection to the last answer, it has so many milliseconds.
 */
export function createLendingPool(
  pool: pg.Pool,
  { timeoutMs, ...options }: LendingOptions,
): PostgresPool {
  return {
    options: pool.options,
    connect: async () => {
      const deadline = startDeadline(timeoutMs)
      const client = new LentClient(await pool.connect(), { ...options, deadline })
      if (options.names.isUnsure) await orRelease(client, () => client.lookWhoAnswers())
      return client
    },
    end: async () => await pool.end(),
  }
}

async function orRelease(client: LentClient, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    client.release()
    throw error
  }
}
