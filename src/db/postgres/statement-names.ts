import { createHash } from 'node:crypto'
import pg from 'pg'
import { FOREIGN_CONNECTION } from './foreign-connection.ts'

/** More is only met where texts have no end. */
const MOST = 500
/** With more it is a list of any length. Each length is another statement, and a long one is large. */
const MOST_PARAMETERS = 50

/**
 * Names statements, so that every connection parses and plans each once: for a row found by its key
 * that is most of the work. One that asks for all columns gets no name. A newer version may add a
 * column while we serve, and PostgreSQL then refuses the statement it had prepared.
 *
 * @see [PostgreSQL: PREPARE](https://www.postgresql.org/docs/current/sql-prepare.html)
 */
export class StatementNames {
  readonly #names = new Map<string, string>()
  #isShared: boolean | undefined

  /**
   * @param isShared Whether a pooler may give each transaction another connection; `undefined`:
   *   that has to be found out.
   */
  constructor({ isShared }: { isShared: boolean | undefined }) {
    this.#isShared = isShared
  }

  /** Whether it is not known yet if there is a pooler: till then nothing has a name. */
  get isUnsure(): boolean {
    return this.#isShared === undefined
  }

  /** @param told, answers The process that was said to serve a connection, and the one that does. */
  learnOf({ told, answers }: { told: unknown; answers: number | undefined }): void {
    this.#isShared ??= told !== answers
  }

  find(sql: string, parameters: number): string | undefined {
    if (this.#isShared !== false || parameters > MOST_PARAMETERS) return undefined
    const known = this.#names.get(sql)
    if (known !== undefined || this.#names.size >= MOST || sql.includes('*')) return known
    const name = nameFor(sql)
    this.#names.set(sql, name)
    return name
  }

  /** Learns from a failure that there is a pooler after all: nothing is prepared from then on. */
  learnFrom(error: unknown): void {
    const code = error instanceof pg.DatabaseError ? error.code : undefined
    if (code !== undefined && FOREIGN_CONNECTION.includes(code)) this.#isShared = true
  }
}

/**
 * The same text has the same name in every instance and version: where a pooler nobody told of hands
 * out the connection of another, what runs is what was meant, or nothing.
 */
function nameFor(sql: string): string {
  return `daemun_${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`
}
