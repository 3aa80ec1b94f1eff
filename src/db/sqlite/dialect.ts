import type { StatementSync } from 'node:sqlite'
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { startDeadline } from '../deadline.ts'
import { CommitGroup } from './commit-group.ts'
import { type SharedDatabase, SqliteConnection } from './connection.ts'
import { type OpenOptions, openDatabase } from './open-database.ts'
import { Turns } from './turns.ts'

export interface SqliteOptions extends OpenOptions {
  /** How long an operation may take, waiting for others of this and other processes included. */
  readonly timeoutMs: number
}

export interface SqliteDialect extends Dialect {
  /** @returns What grows with each commit that another connection makes. */
  readVersion(): number
}

/** SQLite for Kysely, over the one that is built into Node. */
export function createSqliteDialect(options: SqliteOptions): SqliteDialect {
  const driver = new SqliteDriver(options)
  return {
    createAdapter: () => new PatientAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    readVersion: () => driver.readVersion(),
  }
}

/** Kysely's own queue before a single connection knows no deadline; the driver's does. */
class PatientAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

class SqliteDriver implements Driver {
  readonly #options: SqliteOptions
  #shared: SharedDatabase | undefined
  #version: StatementSync | undefined

  constructor(options: SqliteOptions) {
    this.#options = options
  }

  async init(): Promise<void> {
    const database = await openDatabase(this.#options, startDeadline(this.#options.timeoutMs))
    const turns = new Turns()
    const group = new CommitGroup({ database, turns, timeoutMs: this.#options.timeoutMs })
    this.#shared = { database, statements: new Map(), turns, group }
    this.#version = database.prepare('pragma data_version')
  }

  /** Needs no turn: it is done before anybody else goes on, and changes nothing. */
  readVersion(): number {
    if (this.#version === undefined) throw new Error('the store is closed')
    return Number(this.#version.get()?.data_version)
  }

  async acquireConnection(): Promise<SqliteConnection> {
    if (this.#shared === undefined) throw new Error('the store is closed')
    return await SqliteConnection.take(this.#shared, startDeadline(this.#options.timeoutMs))
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await toOurs(connection).begin()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await toOurs(connection).commit()
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await toOurs(connection).rollback()
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    toOurs(connection).giveBack()
  }

  async destroy(): Promise<void> {
    if (this.#shared === undefined) return
    const { database, turns, group } = this.#shared
    // What somebody is in the midst of must not be committed by halves.
    if (turns.isTaken) group.fail(new Error('the store is closed'))
    else await group.close()
    database.close()
    this.#shared = undefined
    this.#version = undefined
  }
}

function toOurs(connection: DatabaseConnection): SqliteConnection {
  if (connection instanceof SqliteConnection) return connection
  throw new TypeError('a connection of another driver')
}
