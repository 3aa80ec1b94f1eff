import { type Deadline, within } from '../deadline.ts'

/** Lets one at a time through, in the order in which they came. */
export class Turns {
  #isTaken = false
  /** In the order of their coming. */
  readonly #waiting = new Set<() => void>()

  /** Whether somebody is in the midst of something. */
  get isTaken(): boolean {
    return this.#isTaken
  }

  /**
   * @param deadline Default: it waits for as long as it takes.
   * @throws {StoreTimeoutError} The turn did not come before the deadline.
   */
  async take(deadline?: Deadline): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true
      return
    }
    const { promise: turn, resolve } = Promise.withResolvers<void>()
    this.#waiting.add(resolve)
    if (deadline === undefined) return await turn
    try {
      await within(deadline, turn)
    } catch (error) {
      // The turn may have come in the very moment of giving up.
      if (!this.#waiting.delete(resolve)) this.give()
      throw error
    }
  }

  /** Lets the next one through. */
  give(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#isTaken = false
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
