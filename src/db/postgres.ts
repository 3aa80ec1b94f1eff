import { PostgresDialect } from 'kysely'
import pg from 'pg'

export interface PostgresOptions {
  readonly url: string
  readonly poolSize: number
  /** Waiting for a connection, and for an answer. */
  readonly timeoutMs: number
  /** Told of a connection that broke while nobody used it. */
  readonly onIdleError: (error: Error) => void
}

const INT8 = pg.types.builtins.INT8

/** Kysely's PostgreSQL dialect. `bigint` comes back as a number: ours are milliseconds and counts. */
export function createPostgresDialect(options: PostgresOptions): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: options.timeoutMs,
    query_timeout: options.timeoutMs,
    statement_timeout: options.timeoutMs,
    application_name: 'daemun',
    types: {
      getTypeParser: (type, format) =>
        type === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(type, format),
    },
  })
  // Without a listener a server restart would end the process; the pool replaces the connection.
  pool.on('error', options.onIdleError)
  return new PostgresDialect({ pool })
}
