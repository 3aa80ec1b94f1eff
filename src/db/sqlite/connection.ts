import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type { Deadline } from '../deadline.ts'
import { wait, whileBusy } from './busy.ts'
import type { Turns } from './turns.ts'

/** The one connection to the file, its prepared statements, and whose turn it is. */
export interface SharedDatabase {
  readonly database: DatabaseSync
  readonly statements: Map<string, PreparedStatement>
  readonly turns: Turns
}

interface PreparedStatement {
  readonly statement: StatementSync
  readonly hasRows: boolean
}

/** The connection in the hands of one operation: a statement, or a transaction. */
export class SqliteConnection implements DatabaseConnection {
  readonly #shared: SharedDatabase
  readonly #deadline: Deadline
  #hasTurn = true

  private constructor(shared: SharedDatabase, deadline: Deadline) {
    this.#shared = shared
    this.#deadline = deadline
  }

  /** @throws {StoreTimeoutError} Others were not done with it before the deadline. */
  static async take(shared: SharedDatabase, deadline: Deadline): Promise<SqliteConnection> {
    await shared.turns.take(deadline)
    return new SqliteConnection(shared, deadline)
  }

  /** Nobody is ever handed a connection with a transaction open. */
  giveBack(): void {
    if (!this.#hasTurn) return
    this.#hasTurn = false
    try {
      this.rollback()
    } finally {
      this.#shared.turns.give()
    }
  }

  /**
   * Every transaction of ours writes. Taking the write lock at its start makes a second process
   * wait there; a plain `begin` would fail at the first write with SQLITE_BUSY, which no waiting
   * mends.
   */
  async begin(): Promise<void> {
    await this.#whileBusy(() => this.#shared.database.exec('begin immediate'))
  }

  async commit(): Promise<void> {
    await this.#whileBusy(() => this.#shared.database.exec('commit'))
  }

  /** After some failures, such as a full disk, SQLite has rolled back by itself. */
  rollback(): void {
    if (this.#shared.database.isTransaction) this.#shared.database.exec('rollback')
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return await this.#whileBusy(() => {
      const { statement, hasRows } = this.#prepare(sql)
      if (hasRows) return { rows: statement.all(...toInputs(parameters)) as R[] }
      const { changes } = statement.run(...toInputs(parameters))
      return { rows: [], numAffectedRows: BigInt(changes) }
    })
  }

  async *streamQuery<R>(
    { sql, parameters }: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<R>> {
    let rows: R[] = []
    for (const row of this.#shared.database.prepare(sql).iterate(...toInputs(parameters))) {
      if (rows.push(row as R) < chunkSize) continue
      yield { rows }
      rows = []
    }
    yield { rows }
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#shared.statements.get(sql)
    if (known !== undefined) return known

    const statement = this.#shared.database.prepare(sql)
    const prepared = { statement, hasRows: statement.columns().length > 0 }
    this.#shared.statements.set(sql, prepared)
    return prepared
  }

  async #whileBusy<T>(attempt: () => T): Promise<T> {
    const pause = async (ms: number) => await this.#pause(ms)
    return await whileBusy(attempt, { deadline: this.#deadline, pause })
  }

  /** Outside a transaction others go on meanwhile: who only reads need not wait for any lock. */
  async #pause(ms: number): Promise<void> {
    if (this.#shared.database.isTransaction) return await wait(ms)
    this.#hasTurn = false
    this.#shared.turns.give()
    await wait(ms)
    await this.#shared.turns.take(this.#deadline)
    this.#hasTurn = true
  }
}

function toInputs(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[]
}
