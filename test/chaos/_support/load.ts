import { setTimeout as wait } from 'node:timers/promises'
import { seededRandom } from '../../_support/seeded-random.ts'
import type { Failure } from './asking.ts'
import { Ledger } from './ledger.ts'
import { Trouble } from './trouble.ts'
import { type Service, Visitor } from './visitor.ts'

export const VISITORS = 6
const PEOPLE_EACH = 40
/** Nobody clicks as fast as a service can answer, least of all one that refuses everything. */
const PAUSE_MS = { answered: 10, unanswered: 100 }

export interface LoadOptions {
  /** Another seed is another course of things. */
  readonly seed: number
  /** Whether this is how the service may fail while there is trouble. */
  readonly isExcusable: (failure: Failure) => boolean
}

/**
 * People who use a service all at once: logins, refreshes, revocations and withdrawals, with a
 * ledger of what was acknowledged.
 */
export interface Load {
  readonly ledger: Ledger
  /** To be told of whatever excuses a failure. Outside of trouble, nothing does. */
  readonly trouble: Trouble
  /** Settles once so much more was acknowledged. */
  goesOn(count: number): Promise<void>
  /** @returns Has those give up who wait for an answer now, as far as they still do. */
  whoWaits(): () => void
  /** Lets no more begin, and waits until nobody is unsure of what has happened. */
  stop(): Promise<void>
}

/** People for the emulator's seed. */
export const LOAD_PEOPLE = Array.from({ length: VISITORS * PEOPLE_EACH }, (_, index) => ({
  id: String(3_000_000_000 + index),
  nickname: `사람 ${index}`,
}))

/** Begins at once. The service's Kakao has to know {@link LOAD_PEOPLE}. */
export function startLoad(service: Service, { seed, isExcusable }: LoadOptions): Load {
  const ledger = new Ledger()
  const trouble = new Trouble()
  const waiting = new Set<AbortController>()
  let isStopping = false

  const ask = async (request: Request) => {
    const patience = new AbortController()
    waiting.add(patience)
    try {
      return await whole(await service.ask(new Request(request, { signal: patience.signal })))
    } finally {
      waiting.delete(patience)
    }
  }
  const run = async (index: number): Promise<void> => {
    const people = LOAD_PEOPLE.slice(index * PEOPLE_EACH, (index + 1) * PEOPLE_EACH)
    const visitor = new Visitor({
      service: { ...service, ask },
      ledger,
      trouble,
      isExcusable,
      random: seededRandom(seed + index),
      people: people.map(({ id }) => id),
    })
    while (!isStopping || visitor.isUnsure) {
      const { unanswered } = ledger
      await visitor.act()
      await wait(ledger.unanswered > unanswered ? PAUSE_MS.unanswered : PAUSE_MS.answered)
    }
  }
  const running = Promise.all(Array.from({ length: VISITORS }, (_, index) => run(index)))
  // Told to whoever waits; until then it must not end the process.
  running.catch(() => {})

  return {
    ledger,
    trouble,

    async goesOn(count) {
      const goal = ledger.acknowledged + count
      const reached = async () => {
        while (ledger.acknowledged < goal) await wait(5)
      }
      await Promise.race([reached(), running])
    },

    whoWaits() {
      const now = [...waiting]
      return () => {
        for (const patience of now) patience.abort()
      }
    },

    async stop() {
      isStopping = true
      await running
    },
  }
}

/** Half an answer is none. */
async function whole(answer: Response): Promise<Response> {
  const body = await answer.arrayBuffer()
  return new Response(body.byteLength > 0 ? body : null, answer)
}
