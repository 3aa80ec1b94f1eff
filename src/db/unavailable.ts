import { StoreTimeoutError } from './deadline.ts'
import { FOREIGN_CONNECTION } from './postgres/foreign-connection.ts'
import { READ_ONLY_TRANSACTION } from './postgres/read-only.ts'

/** PostgreSQL's classes: connection, authorization, resources, operator intervention, system. */
const POSTGRES_CLASSES = new Set(['08', '28', '53', '57', '58'])
/** A standby that takes no writes; a transaction found idle for too long; a pooler's connection. */
const POSTGRES_CODES = new Set([READ_ONLY_TRANSACTION, '25P03', ...FOREIGN_CONNECTION])
/** SQLITE_PERM, BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL, NOTADB (primary codes). */
const SQLITE_CODES = new Set([3, 5, 6, 8, 10, 13, 14, 15, 26])
const NETWORK_CODES = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/
/** A server whose certificate is over, or is none of those that we trust any more. */
const TLS_CODES = /^(CERT_|ERR_(SSL|TLS)_|UNABLE_TO_(GET|VERIFY)_)|SELF_SIGNED_CERT|^EPROTO$/
/** node-postgres has no codes for these. */
const POOL_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/

/**
 * Whether an error says that the store is away or cannot write just now, as against a bug of ours.
 *
 * @see [PostgreSQL error codes](https://www.postgresql.org/docs/current/errcodes-appendix.html)
 * @see [SQLite result codes](https://www.sqlite.org/rescode.html)
 */
export function isStoreUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof StoreTimeoutError) return true
  if (error instanceof AggregateError) return error.errors.some(isStoreUnavailable)

  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number') return SQLITE_CODES.has(errcode & 0xff)
  if (typeof code === 'string' && isUnavailableCode(code)) return true
  return POOL_MESSAGES.test(error.message)
}

function isUnavailableCode(code: string): boolean {
  const isOfPostgres = code.length === 5 && POSTGRES_CLASSES.has(code.slice(0, 2))
  const isOfConnection = NETWORK_CODES.test(code) || TLS_CODES.test(code)
  return isOfPostgres || POSTGRES_CODES.has(code) || isOfConnection
}
