import { setTimeout as sleep } from 'node:timers/promises'
import type { Deadline } from '../deadline.ts'

const SQLITE_BUSY = 5
const FIRST_PAUSE_MS = 2
const LONGEST_PAUSE_MS = 32

export interface RetryOptions {
  readonly deadline: Deadline
  /** How to wait; others may use the connection meanwhile. */
  readonly pause?: (ms: number) => Promise<void>
}

/**
 * Tries again while another process holds SQLite's lock. SQLite itself would wait with the whole
 * event loop standing still.
 *
 * @throws SQLite's own error, once the deadline is over.
 */
export async function whileBusy<T>(
  attempt: () => T | Promise<T>,
  { deadline, pause = wait }: RetryOptions,
): Promise<T> {
  for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
    try {
      return await attempt()
    } catch (error) {
      const remainingMs = deadline.remainingMs()
      if (!isBusy(error) || remainingMs === 0) throw error
      await pause(Math.min(ms, remainingMs))
    }
  }
}

export async function wait(ms: number): Promise<void> {
  await sleep(ms)
}

function isBusy(error: unknown): boolean {
  const { errcode } = error as { errcode?: unknown }
  return typeof errcode === 'number' && (errcode & 0xff) === SQLITE_BUSY
}
