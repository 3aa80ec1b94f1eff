import type { Db } from '../db/index.ts'
import type { Counter } from './counter.ts'
import { listCountsOfOthers, saveCounts } from './rate-count-store.ts'

export interface SharingDeps {
  readonly db: Db
  /** By what their keys begin with, before a colon. */
  readonly counters: ReadonlyMap<string, Counter>
  /** Names this process among all that share the store. */
  readonly instance: string
  readonly now: () => Date
  /** Told when the store could not be asked, and when it could again. */
  readonly onError: (error: unknown) => void
  readonly onRecovery: () => void
}

/** Tells other instances what this one has counted, and learns what they have. */
export interface Sharing {
  /** Begins to do so by itself. */
  start(): void
  /** Does so once. */
  share(): Promise<void>
  /** Waits for what is under way. */
  stop(): Promise<void>
}

/** Told by one and learned by another within a second. */
const EVERY_MS = 450
/** A flood from very many addresses is told of bit by bit, and keeps no other limit's counts waiting. */
const MOST_TOLD = 1000
/** Clocks of instances may differ so much, and a statement may take so long. */
const MARGIN_MS = 10_000

export function createSharing(deps: SharingDeps): Sharing {
  const { db, counters, instance, now, onError, onRecovery } = deps
  let since = new Date(0)
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> | undefined
  let isFailing = false

  async function tell(): Promise<void> {
    const counts = [...counters.values()].flatMap((counter) =>
      counter.listUnshared().slice(0, MOST_TOLD),
    )
    if (counts.length === 0) return
    await saveCounts(db, counts, { instance, now: now() })
    for (const counter of counters.values()) counter.markShared(counts)
  }

  async function learn(): Promise<void> {
    const at = now()
    for (const count of await listCountsOfOthers(db, { instance, since, now: at })) {
      const [prefix = ''] = count.key.split(':', 1)
      counters.get(prefix)?.learn(count)
    }
    since = new Date(at.getTime() - MARGIN_MS)
  }

  async function share(): Promise<void> {
    await tell()
    await learn()
  }

  async function shareAndNote(): Promise<void> {
    try {
      await share()
      if (isFailing) onRecovery()
      isFailing = false
    } catch (error) {
      // Told once: each instance goes on counting by itself.
      if (!isFailing) onError(error)
      isFailing = true
    }
  }

  function look(): void {
    underWay ??= shareAndNote().finally(() => {
      underWay = undefined
    })
  }

  return {
    share,

    start() {
      timer ??= setInterval(look, EVERY_MS).unref()
    },

    async stop() {
      clearInterval(timer)
      await underWay
    },
  }
}
