/** The store did not answer within `STORE_TIMEOUT`. */
export class StoreTimeoutError extends Error {
  override readonly name = 'StoreTimeoutError'

  constructor() {
    super('the store did not answer in time')
  }
}

/** How long an operation may still take, by a clock that nobody sets. */
export interface Deadline {
  remainingMs(): number
}

export function startDeadline(timeoutMs: number): Deadline {
  const end = performance.now() + timeoutMs
  return { remainingMs: () => Math.max(0, end - performance.now()) }
}

/**
 * Waits for work until the deadline. The work itself goes on: whoever started it deals with that.
 *
 * @throws {StoreTimeoutError}
 */
export async function within<T>(deadline: Deadline, work: Promise<T>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new StoreTimeoutError()), deadline.remainingMs())
  try {
    return await Promise.race([work, over])
  } finally {
    clearTimeout(timer)
  }
}
