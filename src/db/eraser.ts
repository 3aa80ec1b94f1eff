import { PostgresAdapter } from 'kysely'
import type { Db } from './schema.ts'
import { eraseTraces } from './sqlite/erase-traces.ts'
import type { Trace } from './sqlite/raw-file.ts'

/** Sees to it, behind the answers, that what was deleted is not left in the store's files. */
export interface Eraser {
  /** @param traces What was deleted; only what could be nobody else's. None: the journal is emptied. */
  erase(traces: readonly Trace[]): void
  /** Waits until all is erased that is under way. */
  settle(): Promise<void>
}

export interface EraserDeps {
  readonly db: Db
  readonly onError: (error: unknown) => void
}

/** PostgreSQL looks after its files by itself: `vacuum` is its owner's business. */
export function createEraser({ db, onError }: EraserDeps): Eraser {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter
  const waiting = new Set<Trace>()
  let isAsked = false
  let erasing: Promise<void> | undefined

  /** One go at a time; what comes meanwhile has the next, together. */
  async function eraseAll(): Promise<void> {
    while (isAsked) {
      isAsked = false
      const traces = [...waiting]
      const isDone = await eraseTraces(db, traces)
      if (!isDone) throw new Error('the journal could not be emptied: another process was reading')
      for (const trace of traces) waiting.delete(trace)
    }
  }

  function start(): void {
    erasing ??= eraseAll()
      .catch(onError)
      .finally(() => {
        erasing = undefined
        // Who came when the last go had just ended.
        if (isAsked) start()
      })
  }

  return {
    erase(traces) {
      if (isPostgres) return
      for (const trace of traces) waiting.add(trace)
      isAsked = true
      start()
    },

    async settle() {
      while (erasing !== undefined) await erasing
    },
  }
}
