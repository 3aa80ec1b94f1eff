/** Longer silence is deafness. */
const LONGEST_SILENCE_MS = 2000

/**
 * Whether we hear, by messages to ourselves that go the way of all others. They arrive in the order
 * of their commits: whoever hears one has heard all that was told before it was sent.
 */
export class Heartbeat {
  readonly #tick: () => number
  /** When the last one heard was sent. */
  #heardUpTo = Number.NEGATIVE_INFINITY
  /** Since when one is told and not heard. */
  #missedSince: number | undefined

  constructor(tick: () => number) {
    this.#tick = tick
  }

  get isHeard(): boolean {
    return this.#tick() - this.#heardUpTo <= LONGEST_SILENCE_MS
  }

  /** Whether the fault is in the hearing: it was told to all who listen, long enough ago. */
  get isMissed(): boolean {
    return this.#missedSince !== undefined && this.#tick() - this.#missedSince > LONGEST_SILENCE_MS
  }

  /** What was sent at that instant is committed. */
  onSent(sentAt: number): void {
    if (sentAt > this.#heardUpTo) this.#missedSince ??= this.#tick()
  }

  onHeard(sentAt: number): void {
    this.#heardUpTo = sentAt
    this.#missedSince = undefined
  }

  /** From now on somebody else listens. */
  restart(): void {
    this.#heardUpTo = Number.NEGATIVE_INFINITY
    this.#missedSince = undefined
  }
}
