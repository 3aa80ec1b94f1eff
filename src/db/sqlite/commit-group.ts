import type { DatabaseSync } from 'node:sqlite'
import { startDeadline } from '../deadline.ts'
import { whileBusy } from './busy.ts'
import type { Turns } from './turns.ts'

export interface CommitGroupDeps {
  readonly database: DatabaseSync
  readonly turns: Turns
  /** How long a commit may take. */
  readonly timeoutMs: number
}

/**
 * What is written in one turn of the event loop is committed together: most of what a commit costs
 * is the wait for the disk, which is the same for one and for many. Whoever has written waits for
 * it, and so does who has read what they wrote.
 */
export class CommitGroup {
  readonly #deps: CommitGroupDeps
  #commit: PromiseWithResolvers<void> | undefined

  constructor(deps: CommitGroupDeps) {
    this.#deps = deps
  }

  /** Settles with the commit of what is written now; `undefined`: nothing is. */
  get committed(): Promise<void> | undefined {
    return this.#commit?.promise
  }

  /**
   * Begins to write, unless others have begun. To be called in one's turn.
   *
   * @throws SQLite's own error, such as SQLITE_BUSY: another process is writing.
   */
  open(): void {
    if (this.#commit !== undefined) return
    // Every one of them writes. Taking the write lock at the start makes a second process wait there;
    // a plain `begin` would fail at the first write with SQLITE_BUSY, which no waiting mends.
    this.#deps.database.exec('begin immediate')
    this.#commit = Promise.withResolvers()
    // Who waits hears of a failure; maybe nobody does.
    this.#commit.promise.catch(() => {})
    setImmediate(() => void this.#closeInTurn())
  }

  /** Commits what was written, for good or in vain. To be called in one's turn. Never rejects. */
  async close(): Promise<void> {
    const { database, timeoutMs } = this.#deps
    try {
      if (this.#commit === undefined) return
      await whileBusy(() => database.exec('commit'), { deadline: startDeadline(timeoutMs) })
      this.#settle(({ resolve }) => resolve())
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      this.fail(error)
    }
  }

  /** After some failures, such as a full disk, SQLite has rolled back all of it by itself. */
  fail(error: unknown): void {
    this.#settle(({ reject }) => reject(error))
  }

  async #closeInTurn(): Promise<void> {
    const { turns } = this.#deps
    await turns.take()
    await this.close()
    turns.give()
  }

  #settle(settle: (commit: PromiseWithResolvers<void>) => void): void {
    const commit = this.#commit
    this.#commit = undefined
    if (commit !== undefined) settle(commit)
  }
}
