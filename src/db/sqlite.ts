import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely'

export interface SqliteOptions {
  /** A file, made when missing with its folder; or `:memory:`. */
  readonly path: string
  /** How long to wait for another process's write. */
  readonly busyTimeoutMs: number
}

/** Kysely's SQLite dialect over the SQLite that is built into Node. */
export function createSqliteDialect({ path, busyTimeoutMs }: SqliteOptions): SqliteDialect {
  return new SqliteDialect({ database: async () => openSqlite(path, busyTimeoutMs) })
}

function openSqlite(path: string, busyTimeoutMs: number): SqliteDatabase {
  if (path !== ':memory:') createPrivateFile(path)
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs })
  // FULL: a commit that was answered survives a power cut, at the price of one fsync each.
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma secure_delete = on;
  `)
  const statements = new Map<string, SqliteStatement>()

  return {
    close: () => database.close(),
    prepare(sql) {
      const known = statements.get(sql)
      if (known !== undefined) return known

      const statement = toKyselyStatement(database.prepare(immediate(sql)))
      statements.set(sql, statement)
      return statement
    },
  }
}

/** Readable by its owner alone; SQLite gives its journal the same mode. */
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
}

/**
 * Every transaction of ours writes. Taking the write lock at its start makes a second process wait
 * there; a plain `begin` would fail at the first write with SQLITE_BUSY, which no waiting mends.
 */
function immediate(sql: string): string {
  return sql === 'begin' ? 'begin immediate' : sql
}

function toKyselyStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...toInputs(parameters)),
    run: (parameters) => statement.run(...toInputs(parameters)),
    iterate: (parameters) => statement.iterate(...toInputs(parameters)),
  }
}

function toInputs(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[]
}
