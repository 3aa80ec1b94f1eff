import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely'
import { toErrorType } from '../tracing/index.ts'

/** What the store is asked for; `connect`: the wait for a connection, or for one's turn. */
export type StoreOperation =
  | 'connect'
  | 'begin'
  | 'select'
  | 'insert'
  | 'update'
  | 'delete'
  | 'other'
  | 'commit'
  | 'rollback'

/** A transaction, or a statement outside of any. */
export interface StoreWork {
  readonly name: StoreOperation | 'transaction'
  /** By `performance.now`. */
  readonly startedAt: number
  /** What was thrown, by its name; `rolled_back`: nobody wanted it to be. */
  readonly failure: string | undefined
}

/** Told of what was asked of the store, be it in vain. Must not throw. */
export interface StoreObserver {
  onOperation(operation: StoreOperation, ms: number): void
  onWork?(work: StoreWork): void
}

/** A dialect as it is, with somebody who is told how long each operation took, where there is one. */
export function observeDialect(dialect: Dialect, observer: StoreObserver | undefined): Dialect {
  if (observer === undefined) return dialect
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new ObservedDriver(dialect.createDriver(), observer),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  }
}

/** @param isAlone Whether it is a piece of work by itself. */
async function timed<T>(
  observer: StoreObserver,
  operation: StoreOperation,
  work: () => Promise<T>,
  isAlone = false,
): Promise<T> {
  const startedAt = performance.now()
  let failure: string | undefined
  try {
    return await work()
  } catch (error) {
    failure = toErrorType(error)
    throw error
  } finally {
    observer.onOperation(operation, performance.now() - startedAt)
    if (isAlone) observer.onWork?.({ name: operation, startedAt, failure })
  }
}

class ObservedDriver implements Driver {
  readonly #driver: Driver
  readonly #observer: StoreObserver

  constructor(driver: Driver, observer: StoreObserver) {
    this.#driver = driver
    this.#observer = observer
  }

  init(): Promise<void> {
    return this.#driver.init()
  }

  async acquireConnection(): Promise<ObservedConnection> {
    // Not by `timed`: every session check comes through here.
    const startedAt = performance.now()
    try {
      return new ObservedConnection(await this.#driver.acquireConnection(), this.#observer)
    } finally {
      this.#observer.onOperation('connect', performance.now() - startedAt)
    }
  }

  async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const ours = toOurs(connection)
    ours.startTransaction()
    const begin = () => this.#driver.beginTransaction(ours.lent, settings)
    await timed(this.#observer, 'begin', begin)
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const ours = toOurs(connection)
    const commit = () => this.#driver.commitTransaction(ours.lent)
    await timed(this.#observer, 'commit', commit)
    ours.endTransaction(undefined)
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const ours = toOurs(connection)
    const rollback = () => this.#driver.rollbackTransaction(ours.lent)
    await timed(this.#observer, 'rollback', rollback)
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const ours = toOurs(connection)
    // Committed it has ended already; else it came to nothing, be it that nobody could say so.
    ours.endTransaction('rolled_back')
    await this.#driver.releaseConnection(ours.lent)
  }

  destroy(): Promise<void> {
    return this.#driver.destroy()
  }
}

/** A connection in the hands of one operation. */
class ObservedConnection implements DatabaseConnection {
  readonly lent: DatabaseConnection
  readonly #observer: StoreObserver
  #transactionAt: number | undefined

  constructor(lent: DatabaseConnection, observer: StoreObserver) {
    this.lent = lent
    this.#observer = observer
  }

  startTransaction(): void {
    this.#transactionAt = performance.now()
  }

  endTransaction(failure: string | undefined): void {
    const startedAt = this.#transactionAt
    if (startedAt === undefined) return
    this.#transactionAt = undefined
    this.#observer.onWork?.({ name: 'transaction', startedAt, failure })
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const operation = OPERATIONS[query.query.kind] ?? 'other'
    const isAlone = this.#transactionAt === undefined
    return timed(this.#observer, operation, () => this.lent.executeQuery<R>(query), isAlone)
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.lent.streamQuery(query, chunkSize)
  }
}

const OPERATIONS: Partial<Record<CompiledQuery['query']['kind'], StoreOperation>> = {
  SelectQueryNode: 'select',
  InsertQueryNode: 'insert',
  UpdateQueryNode: 'update',
  DeleteQueryNode: 'delete',
}

function toOurs(connection: DatabaseConnection): ObservedConnection {
  if (connection instanceof ObservedConnection) return connection
  throw new TypeError('a connection of another driver')
}
