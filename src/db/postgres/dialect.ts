import { PostgresDialect } from 'kysely'
import pg from 'pg'
import { createLendingPool } from './lending-pool.ts'
import { StatementNames } from './statement-names.ts'

export interface PostgresOptions {
  readonly url: string
  /** Where PostgreSQL itself is, if not there: the URL is a pooler's then. */
  readonly listenUrl?: string
  readonly poolSize: number
  /** How long an operation may take, waiting for a connection included. */
  readonly timeoutMs: number
  /** How long to wait for a connection, where that is less. */
  readonly connectTimeoutMs?: number
  /** Told of a connection that broke while nobody used it. */
  readonly onIdleError: (error: Error) => void
}

/** Whatever the database has by default: who has waited for a lock has to see what was done. */
const BEGIN = 'begin isolation level read committed'

const INT8 = pg.types.builtins.INT8

/** Kysely's PostgreSQL dialect. `bigint` comes back as a number: ours are milliseconds and counts. */
export function createPostgresDialect(options: PostgresOptions): PostgresDialect {
  const { url, listenUrl = url, timeoutMs, connectTimeoutMs = timeoutMs } = options
  const isPooled = listenUrl !== url
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    ...(!isPooled && toLimits(timeoutMs)),
    keepAlive: true,
    application_name: 'daemun',
    types: {
      getTypeParser: (type, format) =>
        type === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(type, format),
    },
  })
  // Without a listener a server restart would end the process; the pool replaces the connection.
  pool.on('error', options.onIdleError)
  const names = new StatementNames({ isShared: isPooled || undefined })
  const begin = [BEGIN, ...(isPooled ? toSettings(timeoutMs) : [])].join('; ')
  return new PostgresDialect({ pool: createLendingPool(pool, { timeoutMs, names, begin }) })
}

/** The server ends by itself what we have given up, and lets go of its locks. */
function toLimits(timeoutMs: number) {
  return { statement_timeout: timeoutMs, idle_in_transaction_session_timeout: timeoutMs }
}

/** A pooler takes no such limits with a connection: each transaction brings its own. */
function toSettings(timeoutMs: number): string[] {
  const limits = Object.entries(toLimits(timeoutMs))
  return limits.map(([name, value]) => `set local ${name} = ${value}`)
}
