import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { type Deadline, StoreTimeoutError, within } from '../deadline.ts'
import { wait, whileBusy } from './busy.ts'
import type { CommitGroup } from './commit-group.ts'
import type { Turns } from './turns.ts'

/** The one connection to the file, its prepared statements, whose turn it is, what is uncommitted. */
export interface SharedDatabase {
  readonly database: DatabaseSync
  readonly statements: Map<string, PreparedStatement>
  readonly turns: Turns
  readonly group: CommitGroup
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
  #isInTransaction = false
  /** Of what SQLite has rolled back by itself. */
  #failure: unknown

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
    try {
      this.#undo()
    } finally {
      this.#giveTurn()
    }
  }

  /** A savepoint of the group: others may have written before, and will be committed too. */
  async begin(): Promise<void> {
    const { database, group } = this.#shared
    await this.#whileBusy(() => group.open())
    database.exec('savepoint ours')
    this.#isInTransaction = true
  }

  async commit(): Promise<void> {
    this.#checkTransaction()
    this.#shared.database.exec('release ours')
    this.#isInTransaction = false
    await this.#untilCommitted()
  }

  /** Why may be what others have just written: it is told no sooner than that is committed. */
  async rollback(): Promise<void> {
    if (this.#undo()) await this.#untilCommitted()
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#isInTransaction) return this.#run(query)
    const { kind } = query.query
    if (kind === 'SelectQueryNode') return await this.#read(query)
    const { group } = this.#shared
    // Each time: while one waited, others may have begun to write.
    const { result, committed } = await this.#whileBusy(async () => {
      if (WRITES.has(kind)) group.open()
      // There is more that SQLite does not do in a transaction, such as to write the file anew.
      else await group.close()
      return this.#runInGroup<R>(query)
    })
    await this.#untilCommitted(committed)
    return result
  }

  /** @returns Whether there was anything: after a full disk, SQLite has rolled back by itself. */
  #undo(): boolean {
    const { database } = this.#shared
    const hasSavepoint = this.#isInTransaction && database.isTransaction
    this.#isInTransaction = false
    if (hasSavepoint) database.exec('rollback to ours; release ours')
    return hasSavepoint
  }

  async #read<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { result, committed } = await this.#whileBusy(() => this.#runInGroup<R>(query))
    try {
      await this.#untilCommitted(committed)
      return result
    } catch (error) {
      if (error instanceof StoreTimeoutError) throw error
    }
    // Those who were writing could not: it is read as it is without.
    await this.#takeTurn()
    return await this.#read(query)
  }

  async *streamQuery<R>(
    { sql, parameters }: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<R>> {
    if (!this.#isInTransaction) await this.#shared.group.close()
    let rows: R[] = []
    for (const row of this.#shared.database.prepare(sql).iterate(...toInputs(parameters))) {
      if (rows.push(row as R) < chunkSize) continue
      yield { rows }
      rows = []
    }
    yield { rows }
  }

  /** With what to wait for, even if the store is closed before one gets to wait. */
  #runInGroup<R>(query: CompiledQuery): {
    result: QueryResult<R>
    committed: Promise<void> | undefined
  } {
    return { result: this.#run<R>(query), committed: this.#shared.group.committed }
  }

  #run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const { database, group } = this.#shared
    this.#checkTransaction()
    try {
      const { statement, hasRows } = this.#prepare(sql)
      if (hasRows) return { rows: statement.all(...toInputs(parameters)) as R[] }
      const { changes } = statement.run(...toInputs(parameters))
      return { rows: [], numAffectedRows: BigInt(changes) }
    } catch (error) {
      if (!database.isTransaction) {
        this.#failure = error
        group.fail(error)
      }
      throw error
    }
  }

  /** What is asked of a transaction that is no more would be done outside it, and kept. */
  #checkTransaction(): void {
    if (this.#isInTransaction && !this.#shared.database.isTransaction) throw this.#failure
  }

  /** Others go on meanwhile, and what they write is committed along. */
  async #untilCommitted(committed = this.#shared.group.committed): Promise<void> {
    if (committed === undefined) return
    this.#giveTurn()
    await within(this.#deadline, committed)
  }

  async #takeTurn(): Promise<void> {
    await this.#shared.turns.take(this.#deadline)
    this.#hasTurn = true
  }

  #giveTurn(): void {
    this.#hasTurn = false
    this.#shared.turns.give()
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#shared.statements.get(sql)
    if (known !== undefined) return known

    const statement = this.#shared.database.prepare(sql)
    const prepared = { statement, hasRows: statement.columns().length > 0 }
    this.#shared.statements.set(sql, prepared)
    return prepared
  }

  async #whileBusy<T>(attempt: () => T | Promise<T>): Promise<T> {
    const pause = async (ms: number) => await this.#pause(ms)
    return await whileBusy(attempt, { deadline: this.#deadline, pause })
  }

  /** Outside a transaction others go on meanwhile: who only reads need not wait for any lock. */
  async #pause(ms: number): Promise<void> {
    if (this.#shared.database.isTransaction) return await wait(ms)
    this.#giveTurn()
    await wait(ms)
    await this.#takeTurn()
  }
}

const WRITES: ReadonlySet<CompiledQuery['query']['kind']> = new Set([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
])

function toInputs(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[]
}
