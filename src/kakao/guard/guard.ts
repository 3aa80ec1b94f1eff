import type { KakaoBreakerChange } from '../client-types.ts'
import { Breaker } from './breaker.ts'
import type { KakaoBreakerState, KakaoHost, KakaoLane, RequestEnd } from './guard-types.ts'
import { Room } from './room.ts'

/** Beside the visitors' calls. */
const MOST_BEHIND = 10

/** Stands before a host: keeps it from being called when it fails, or by too many at once. */
export interface Guard {
  readonly state: KakaoBreakerState
  /** @throws {KakaoUnavailableError} `breaker_open`: no request would pass now. */
  check(): void
  /**
   * Lets a request pass.
   *
   * @returns What to tell its end to, once.
   * @throws {KakaoUnavailableError} `breaker_open` or `too_many_calls`: nothing may be sent.
   */
  enter(lane: KakaoLane): (end: RequestEnd) => void
}

export interface GuardsOptions {
  readonly maxCalls: number
  readonly now: () => Date
  readonly onBreaker: (change: KakaoBreakerChange) => void
}

export function createGuards(options: GuardsOptions): Readonly<Record<KakaoHost, Guard>> {
  return { kauth: createGuard(options, 'kauth'), kapi: createGuard(options, 'kapi') }
}

function createGuard({ maxCalls, now, onBreaker }: GuardsOptions, host: KakaoHost): Guard {
  const breaker = new Breaker({ now, onChange: (state) => onBreaker({ host, state }) })
  const rooms = {
    visitor: new Room(maxCalls),
    background: new Room(MOST_BEHIND),
    unguarded: new Room(MOST_BEHIND),
  }

  return {
    get state() {
      return breaker.state
    },

    check: () => breaker.check(),

    enter(lane) {
      if (lane === 'unguarded') return rooms.unguarded.enter()
      breaker.check()
      const leave = rooms[lane].enter()
      const count = breaker.begin()
      return (end) => {
        leave()
        count(end)
      }
    },
  }
}
