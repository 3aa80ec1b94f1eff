import { LRUCache } from 'lru-cache'
import type { Rate } from '../config/index.ts'

/** Requests of one key within its window. */
export interface KeyCount {
  readonly key: string
  readonly count: number
  /** When the window ends, in milliseconds since 1970. */
  readonly endsAt: number
}

/** What another instance has counted. */
export interface CountOfOther extends KeyCount {
  readonly instance: string
}

/** Counts requests by key in memory, together with what other instances told of theirs. */
export interface Counter {
  /** Counts a request. @returns 0, or how many milliseconds its key has to wait: then it does not count. */
  count(key: string): number
  /** Our own counts that others should know and do not yet. */
  listUnshared(): KeyCount[]
  /** Notes that others can know of them. */
  markShared(counts: readonly KeyCount[]): void
  /** Takes over what another instance has counted, in place of what it had before. */
  learn(count: CountOfOther): void
}

interface Window {
  endsAt: number
  own: number
  /** Of all others together. */
  others: number
  byInstance?: Map<string, number>
  /** So much of our own is known to others. */
  shared: number
}

/** A flood from more addresses costs no more memory: who came least recently is forgotten. */
const MOST_KEYS = 20_000
/**
 * Whoever has used up less than this part is of no interest to others: nearly all visitors, and so
 * they cost the store nothing. As many instances have to be asked before it makes a difference.
 */
const SHARED_PART = 1 / 10

/** @param now Milliseconds since 1970. */
export function createCounter({ count: most, windowMs }: Rate, now: () => number): Counter {
  const unshared = new Set<string>()
  const windows = new LRUCache<string, Window>({
    max: MOST_KEYS,
    dispose: (_window, key) => unshared.delete(key),
  })

  function find(key: string): Window | undefined {
    const window = windows.get(key)
    const at = now()
    if (window === undefined || window.endsAt <= at) return undefined
    // A clock that was set back must not keep anybody waiting for longer than the window.
    window.endsAt = Math.min(window.endsAt, at + windowMs)
    return window
  }

  function open(key: string): Window {
    const window: Window = { endsAt: now() + windowMs, own: 0, others: 0, shared: 0 }
    windows.set(key, window)
    return window
  }

  return {
    count(key) {
      const window = find(key) ?? open(key)
      if (window.own + window.others >= most) return window.endsAt - now()
      window.own += 1
      if (window.others > 0 || window.own >= most * SHARED_PART) unshared.add(key)
      return 0
    },

    listUnshared() {
      const at = now()
      return [...unshared].flatMap((key) => {
        const window = windows.peek(key)
        if (window !== undefined && window.endsAt > at) {
          return { key, count: window.own, endsAt: window.endsAt }
        }
        unshared.delete(key)
        return []
      })
    },

    markShared(counts) {
      for (const { key, count, endsAt } of counts) {
        const window = windows.peek(key)
        if (window?.endsAt !== endsAt) continue
        window.shared = count
        if (window.own === count) unshared.delete(key)
      }
    },

    learn({ key, instance, count, endsAt }) {
      const at = now()
      // By a clock that was far ahead it would hold for hours after that was set right.
      if (endsAt <= at || endsAt > at + 2 * windowMs) return
      const window = find(key) ?? open(key)
      const isEarlier = endsAt < window.endsAt
      // The window opened with the first request, whichever instance it came to.
      if (isEarlier) window.endsAt = endsAt
      window.byInstance ??= new Map()
      window.others += count - (window.byInstance.get(instance) ?? 0)
      window.byInstance.set(instance, count)
      if (window.own > 0 && (isEarlier || window.own > window.shared)) unshared.add(key)
    },
  }
}
