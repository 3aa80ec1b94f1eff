import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** What a test asks PostgreSQL itself, past the store. */
export interface PostgresWatch {
  /** The store's URL, under a name that the server shows of each of its connections. */
  readonly url: string
  /** How many connections of that store have a transaction open, or are at a statement. */
  countBusy(): Promise<number>
  /** Ends that store's connections as a server does that is shut down. */
  endConnections(): Promise<void>
  /** How many of them wait for a lock. */
  countWaiting(): Promise<number>
  /** Locks a table. @returns What lets go of it; {@link PostgresWatch.close} does too. */
  lock(table: string, mode?: 'access exclusive' | 'share'): Promise<() => Promise<void>>
  close(): Promise<void>
}

export async function watchPostgres(url: string): Promise<PostgresWatch> {
  const name = `watched ${randomUUID()}`
  const watched = new URL(url)
  watched.searchParams.set('application_name', name)
  const client = await connect(url)
  // Within a transaction the server shows its activity as it was at the first look.
  const locker = await connect(url)

  return {
    url: watched.href,
    async countBusy() {
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
          where application_name = $1 and state <> 'idle'`,
        [name],
      )
      return rows[0]?.count ?? 0
    },
    async endConnections() {
      const sql =
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1'
      await client.query(sql, [name])
    },
    async countWaiting() {
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
          where application_name = $1 and wait_event_type = 'Lock'`,
        [name],
      )
      return rows[0]?.count ?? 0
    },
    async lock(table, mode = 'access exclusive') {
      await locker.query(`begin; lock table ${table} in ${mode} mode`)
      return async () => void (await locker.query('commit'))
    },
    async close() {
      await Promise.all([client.end(), locker.end()])
    },
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}
