import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely'

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

/** Told of what was asked of the store, be it in vain. Must not throw. */
export interface StoreObserver {
  onOperation(operation: StoreOperation, ms: number): void
}

/** A dialect as it is, with somebody who is told how long each operation took. */
export function observeDialect(dialect: Dialect, observer: StoreObserver): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new ObservedDriver(dialect.createDriver(), observer),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  }
}

async function timed<T>(
  observer: StoreObserver,
  operation: StoreOperation,
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now()
  try {
    return await work()
  } finally {
    observer.onOperation(operation, performance.now() - startedAt)
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
    const lent = timed(this.#observer, 'connect', () => this.#driver.acquireConnection())
    return new ObservedConnection(await lent, this.#observer)
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const begin = () => this.#driver.beginTransaction(toLent(connection), settings)
    return timed(this.#observer, 'begin', begin)
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    const commit = () => this.#driver.commitTransaction(toLent(connection))
    return timed(this.#observer, 'commit', commit)
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const rollback = () => this.#driver.rollbackTransaction(toLent(connection))
    return timed(this.#observer, 'rollback', rollback)
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#driver.releaseConnection(toLent(connection))
  }

  destroy(): Promise<void> {
    return this.#driver.destroy()
  }
}

/** A connection in the hands of one operation. */
class ObservedConnection implements DatabaseConnection {
  readonly lent: DatabaseConnection
  readonly #observer: StoreObserver

  constructor(lent: DatabaseConnection, observer: StoreObserver) {
    this.lent = lent
    this.#observer = observer
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const operation = OPERATIONS[query.query.kind] ?? 'other'
    return timed(this.#observer, operation, () => this.lent.executeQuery<R>(query))
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

function toLent(connection: DatabaseConnection): DatabaseConnection {
  if (connection instanceof ObservedConnection) return connection.lent
  throw new TypeError('a connection of another driver')
}
