import type { Receiver } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import { createWorker, type Worker } from '../jobs/index.ts'
import { inSpan, type Tracer } from '../tracing/index.ts'
import { noteDead, noteDelivered, noteFailed, type Turn } from './delivery-store.ts'
import { findNext, leaveLane, leaveOrCloseLane, type TakenLane, takeLane } from './lane-store.ts'
import { type Outcome, type RetryRules, toOutcome } from './outcome.ts'
import { createPause } from './pause.ts'
import { type Answer, send } from './send.ts'

/** What happened to a delivery that did not go well, for the log. */
export interface Mishap {
  /** The receiver's host: a path may be a secret. */
  readonly receiver: string
  readonly event: string
  readonly type: string
  readonly attempts: number
  readonly status: number | null
  readonly outcome: Exclude<Outcome['kind'], 'delivered'>
}

export interface CourierDeps extends RetryRules {
  readonly db: Db
  readonly fetch: typeof fetch
  readonly tracer: Tracer
  readonly now: () => Date
  readonly onMishap: (mishap: Mishap) => void
  /** Told when the store could not be asked. */
  readonly onError: (error: unknown) => void
}

/** Longer than an attempt takes: after it, whoever had the lane is taken for dead. */
const LEASE_MS = 20_000
/** How many users' events are on their way to one URL at once, from one instance. */
const MOST_AT_ONCE = 10
/** At the end of the process, what is on its way has so long to arrive. */
const GRACE_MS = 5000

/** Tells one receiver of events: of each user one at a time, in order; of several users at once. */
export function createCourier(receiver: Receiver, deps: CourierDeps): Worker {
  const { db, fetch, tracer, now, onError } = deps
  const { url } = receiver
  const pause = createPause()
  const stopping = new AbortController()

  async function deliver({ lane, delivery }: Turn): Promise<void> {
    const attributes = {
      'server.address': new URL(url).hostname,
      'daemun.event.type': delivery.type,
      'daemun.delivery.attempt': delivery.attempts + 1,
    }
    await inSpan(tracer, 'deliver event', { kind: 'client', attributes }, async (span) => {
      const event = { id: delivery.eventId, body: delivery.body }
      const answer = await send(receiver, event, { fetch, now, signal: stopping.signal, span })
      if (stopping.signal.aborted && answer.status === null) return await leaveLane(db, lane, now())
      pause.heed(answer, now())
      await note(deps, { lane, delivery }, answer)
    })
  }

  const worker = createWorker<TakenLane>({
    mostAtOnce: MOST_AT_ONCE,
    onError,
    takeNext: async () =>
      pause.isOver(now()) ? await takeLane(db, url, { now: now(), leaseMs: LEASE_MS }) : undefined,

    async run(lane) {
      const delivery = await findNext(db, lane)
      if (delivery === undefined) return await leaveOrCloseLane(db, lane, now())
      // Another user's answer may have come while this lane was being taken.
      if (!pause.isOver(now())) return await leaveLane(db, lane, now())

      await deliver({ lane, delivery })
    },
  })

  return {
    ...worker,

    async stop() {
      const grace = setTimeout(() => stopping.abort(), GRACE_MS)
      await worker.stop()
      clearTimeout(grace)
    },
  }
}

/** Keeps what came of an attempt. */
async function note(deps: CourierDeps, turn: Turn, answer: Answer): Promise<void> {
  const { db, now, onMishap } = deps
  const { lane, delivery } = turn
  const outcome = toOutcome(answer, delivery.attempts, deps)
  if (outcome.kind === 'delivered') return await noteDelivered(db, turn, now())

  const attempt = { status: answer.status, at: now() }
  onMishap({
    receiver: new URL(lane.url).host,
    event: delivery.eventId,
    type: delivery.type,
    attempts: delivery.attempts + 1,
    status: answer.status,
    outcome: outcome.kind,
  })
  if (outcome.kind === 'gone') return await leaveLane(db, lane, now())
  if (outcome.kind === 'dead') return await noteDead(db, turn, attempt)
  const dueAt = new Date(attempt.at.getTime() + outcome.waitMs)
  await noteFailed(db, turn, { attempt, dueAt })
}
