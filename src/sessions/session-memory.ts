import { LRUCache } from 'lru-cache'
import type { Rememberer } from '../db/index.ts'
import type { SignedIn } from './session-store.ts'

/** Some 15 MB, at most. */
const MOST_REMEMBERED = 10_000
/** What nobody announces is seen after this long at the latest, such as a new nickname. */
const LONGEST_MS = 5000

interface Remembered {
  readonly signedIn: SignedIn
  readonly readAt: number
}

/** A look into the store that is under way, and of whom all was forgotten meanwhile. */
interface Reading {
  readonly forgotten: Set<string>
  isVoid: boolean
}

/**
 * Sessions as the store had them a moment ago. It only ever says who is signed in, never that
 * somebody is not.
 */
export interface SessionMemory extends Rememberer {
  /** @param key A session's hash or id. */
  find(key: string): SignedIn | undefined
  /**
   * Looks into the store, and remembers what is found, unless it was forgotten while being read.
   */
  read(key: string, look: () => Promise<SignedIn | undefined>): Promise<SignedIn | undefined>
}

/** @param tick Milliseconds, by a clock that nobody sets. */
export function createSessionMemory(tick: () => number): SessionMemory {
  const keysByUser = new Map<string, Set<string>>()
  const readings = new Set<Reading>()
  const sessions = new LRUCache<string, Remembered>({
    max: MOST_REMEMBERED,
    dispose: ({ signedIn: { user } }, key) => removeKey(keysByUser, user.id, key),
  })

  function remember(key: string, { readAt, signedIn }: Remembered): void {
    sessions.set(key, { readAt, signedIn })
    const keys = keysByUser.get(signedIn.user.id)
    if (keys === undefined) keysByUser.set(signedIn.user.id, new Set([key]))
    else keys.add(key)
    letGoOfOld()
  }

  /** Whoever is not asked for any more is not kept until ten thousand others were. */
  function letGoOfOld(): void {
    for (const key of sessions.rkeys()) {
      const remembered = sessions.peek(key)
      if (remembered === undefined || !isOld(remembered)) return
      sessions.delete(key)
    }
  }

  function isOld({ readAt }: Remembered): boolean {
    return tick() - readAt > LONGEST_MS
  }

  async function readWith(
    reading: Reading,
    { key, look }: { key: string; look: () => Promise<SignedIn | undefined> },
  ): Promise<SignedIn | undefined> {
    const readAt = tick()
    const signedIn = await look()
    const isForgotten = reading.isVoid || (signedIn && reading.forgotten.has(signedIn.user.id))
    if (signedIn !== undefined && !isForgotten) remember(key, { signedIn, readAt })
    return signedIn
  }

  return {
    find(key) {
      const remembered = sessions.get(key)
      if (remembered === undefined || isOld(remembered)) return undefined
      return remembered.signedIn
    },

    async read(key, look) {
      const reading = { forgotten: new Set<string>(), isVoid: false }
      readings.add(reading)
      try {
        return await readWith(reading, { key, look })
      } finally {
        readings.delete(reading)
      }
    },

    forget(userIds) {
      for (const userId of userIds) {
        for (const reading of readings) reading.forgotten.add(userId)
        for (const key of [...(keysByUser.get(userId) ?? [])]) sessions.delete(key)
      }
    },

    forgetAll() {
      for (const reading of readings) reading.isVoid = true
      sessions.clear()
    },
  }
}

function removeKey(keysByUser: Map<string, Set<string>>, userId: string, key: string): void {
  const keys = keysByUser.get(userId)
  keys?.delete(key)
  if (keys?.size === 0) keysByUser.delete(userId)
}
