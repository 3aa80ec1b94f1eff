import { KakaoUnavailableError } from '../errors.ts'
import type { KakaoBreakerState, RequestEnd } from './guard-types.ts'

const MOST_FAILURES = 5
const OPEN_MS = 5000

export interface BreakerOptions {
  readonly now: () => Date
  /** Told when it opens, and when it closes again. */
  readonly onChange: (state: 'open' | 'closed') => void
}

/**
 * Leaves a host alone that fails. Five failures in a row open it for five seconds; then one request
 * tries. As long as none goes well, one more may try every five seconds, whether or not the last one
 * has ended: a host that hangs is found to be back no later than one that refuses.
 */
export class Breaker {
  readonly #options: BreakerOptions
  #failures = 0
  /** When it opened, or last let one try. */
  #openedAt: number | undefined
  /** The last one that was let try, until it has ended. */
  #trial: object | undefined
  /** Begins anew each time that it closes. */
  #row = {}

  constructor(options: BreakerOptions) {
    this.#options = options
  }

  get state(): KakaoBreakerState {
    if (this.#openedAt === undefined) return 'closed'
    return this.#trial === undefined && this.#remainingMs() > 0 ? 'open' : 'half_open'
  }

  /** @throws {KakaoUnavailableError} `breaker_open` */
  check(): void {
    const retryAfterMs = this.#remainingMs()
    if (retryAfterMs > 0) throw new KakaoUnavailableError('breaker_open', { retryAfterMs })
  }

  /** Begins a request that {@link check} let pass. @returns What to tell its end to. */
  begin(): (end: RequestEnd) => void {
    const row = this.#row
    if (this.#openedAt === undefined) return (end) => this.#count(end, row)
    const trial = {}
    this.#trial = trial
    this.#openedAt = this.#now()
    return (end) => {
      if (this.#trial === trial) this.#endTrial(end)
      this.#count(end, row)
    }
  }

  #endTrial(end: RequestEnd): void {
    this.#trial = undefined
    // Who gave up has learned nothing: the next one tries.
    if (end === 'unknown') this.#openedAt = this.#now() - OPEN_MS
  }

  #count(end: RequestEnd, row: object): void {
    if (end === 'answered') this.#close()
    // What was sent before the host came back, and hangs still, says nothing about it now.
    if (end !== 'failed' || row !== this.#row) return
    this.#failures += 1
    if (this.#openedAt !== undefined || this.#failures < MOST_FAILURES) return
    this.#openedAt = this.#now()
    this.#options.onChange('open')
  }

  #close(): void {
    this.#failures = 0
    if (this.#openedAt === undefined) return
    this.#openedAt = undefined
    this.#trial = undefined
    this.#row = {}
    this.#options.onChange('closed')
  }

  /** A clock that was set back since must not keep it open for hours. */
  #remainingMs(): number {
    if (this.#openedAt === undefined) return 0
    const passed = this.#now() - this.#openedAt
    return passed < 0 ? 0 : Math.max(0, OPEN_MS - passed)
  }

  #now(): number {
    return this.#options.now().getTime()
  }
}
