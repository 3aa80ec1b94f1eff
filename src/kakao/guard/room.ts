import { KakaoUnavailableError } from '../errors.ts'

/** Somebody leaves sooner or later; when, nobody knows. */
const RETRY_AFTER_MS = 1000

/** Bounds how many requests there are at once. */
export class Room {
  readonly #most: number
  #inside = 0

  constructor(most: number) {
    this.#most = most
  }

  /** @returns How to leave. @throws {KakaoUnavailableError} `too_many_calls` */
  enter(): () => void {
    if (this.#inside >= this.#most) {
      throw new KakaoUnavailableError('too_many_calls', { retryAfterMs: RETRY_AFTER_MS })
    }
    this.#inside += 1
    return () => {
      this.#inside -= 1
    }
  }
}
