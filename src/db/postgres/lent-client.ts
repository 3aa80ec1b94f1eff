import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { type Deadline, StoreTimeoutError, within } from '../deadline.ts'
import { READ_ONLY_TRANSACTION } from './read-only.ts'
import type { StatementNames } from './statement-names.ts'

export interface LentOptions {
  readonly deadline: Deadline
  /** By which a connection's server knows statements again. */
  readonly names: StatementNames
  /** What begins a transaction. */
  readonly begin: string
}

/**
 * A connection in the hands of one operation. When it does not answer in time, or breaks, it is
 * closed and serves nobody again: what it was asked may still happen at the server, a `begin` too.
 */
export class LentClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient
  readonly #deadline: Deadline
  readonly #names: StatementNames
  readonly #begin: string
  #failure: unknown

  constructor(client: pg.PoolClient, { deadline, names, begin }: LentOptions) {
    this.#client = client
    this.#deadline = deadline
    this.#names = names
    this.#begin = begin
    // While it is lent the pool does not listen, and an error without a listener ends the process.
    client.on('error', this.#onError)
  }

  /**
   * Finds out who is at the other end. PostgreSQL tells at the beginning which process of its serves
   * a connection; a pooler tells something of its own, since it serves by many.
   */
  async lookWhoAnswers(): Promise<void> {
    const { rows } = await this.#query('select pg_backend_pid() as pid', [])
    const told = 'processID' in this.#client ? this.#client.processID : undefined
    this.#names.learnOf({ told, answers: rows[0]?.pid })
  }

  query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  query(sql: unknown, parameters: readonly unknown[] = []): unknown {
    if (typeof sql !== 'string') throw new TypeError('cursors are not supported')
    return this.#query(sql, parameters)
  }

  release(destroy = false): void {
    this.#client.off('error', this.#onError)
    this.#client.release(destroy || this.#failure !== undefined)
  }

  readonly #onError = (error: unknown): void => {
    this.#failure ??= error
  }

  async #query(sql: string, parameters: readonly unknown[]) {
    if (this.#deadline.remainingMs() === 0) this.#onError(new StoreTimeoutError())
    if (this.#failure !== undefined) throw this.#failure
    try {
      return await within(this.#deadline, this.#client.query(this.#toQuery(sql, parameters)))
    } catch (error) {
      this.#names.learnFrom(error)
      if (!isUsableAfter(error)) this.#onError(error)
      throw error
    }
  }

  /** What takes no parameters, such as `begin`, is asked for in one go, and needs no name. */
  #toQuery(sql: string, parameters: readonly unknown[]): pg.QueryConfig {
    if (parameters.length === 0) return { text: sql === 'begin' ? this.#begin : sql }
    const name = this.#names.find(sql, parameters.length)
    return { text: sql, values: [...parameters], ...(name !== undefined && { name }) }
  }
}

/** Whether the server answered, if with an error, and means to go on. */
function isUsableAfter(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    error.severity !== 'FATAL' &&
    error.code !== READ_ONLY_TRANSACTION
  )
}
