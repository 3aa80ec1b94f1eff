import type { Db } from '../db/index.ts'
import { createUnderWay } from '../under-way.ts'
import { extendLease, type Lease, type StoredJob } from './job-store.ts'

export interface LeasesDeps {
  readonly db: Db
  readonly now: () => Date
  readonly onError: (error: unknown) => void
}

/** Who is at which job: while an instance lives it keeps what it took, and soon after it loses it. */
export interface Leases {
  /** The next one to take out. */
  next(): Lease
  /** Holds a job that was taken. @returns What tells that it is lost, and how to let go of it. */
  hold(job: StoredJob): { readonly signal: AbortSignal; release(): void }
  /** Begins to renew by itself. */
  start(): void
  /** Renews no more, and waits for what is under way. */
  stop(): Promise<void>
}

const LEASE_MS = 10_000
/** Several times within a lease: one that comes late is no loss. */
const RENEW_EVERY_MS = 3000

export function createLeases({ db, now, onError }: LeasesDeps): Leases {
  const held = new Map<StoredJob, AbortController>()
  const renewals = createUnderWay()
  let timer: NodeJS.Timeout | undefined

  const toEnd = (from: Date) => new Date(from.getTime() + LEASE_MS)

  async function renew(): Promise<void> {
    for (const [job, loss] of held) {
      const isStillOurs = await extendLease(db, job, toEnd(now()))
      if (!isStillOurs) loss.abort(new Error('another instance has taken the job over'))
    }
  }

  return {
    next() {
      const at = now()
      return { now: at, until: toEnd(at) }
    },

    hold(job) {
      const loss = new AbortController()
      held.set(job, loss)
      return { signal: loss.signal, release: () => held.delete(job) }
    },

    start() {
      const tick = () => void renewals.run(renew).catch(onError)
      timer ??= setInterval(tick, RENEW_EVERY_MS).unref()
    },

    async stop() {
      clearInterval(timer)
      timer = undefined
      await renewals.settle()
    },
  }
}
