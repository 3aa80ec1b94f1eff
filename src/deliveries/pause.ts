import type { Answer } from './send.ts'

/** Whether a receiver asks to be left alone just now. Each instance hears so for itself. */
export interface Pause {
  isOver(now: Date): boolean
  /** Takes notice of what a receiver said. */
  heed(answer: Answer, now: Date): void
}

/** Answers whose `Retry-After` is about all requests (RFC 9110, 15.6.4; RFC 6585, 4). */
const BUSY = new Set([429, 503])

export function createPause(): Pause {
  let until = 0
  return {
    isOver: (now) => until <= now.getTime(),

    heed({ status, retryAfterMs = 0 }, now) {
      // Until a restart: by then somebody may have seen to it.
      if (status === 410) until = Number.POSITIVE_INFINITY
      if (status !== null && BUSY.has(status)) {
        until = Math.max(until, now.getTime() + retryAfterMs)
      }
    },
  }
}
