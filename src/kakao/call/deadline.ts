import { KakaoUnavailableError } from '../errors.ts'

/** Timers of more milliseconds go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Runs work that must end within so many milliseconds, or when the caller's own signal says so.
 *
 * It ends then even if the work ignores the signal it was handed, or is shared with others.
 *
 * @throws {KakaoUnavailableError} `timeout` or `aborted`.
 */
export async function withDeadline<T>(
  limits: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { timeoutMs, signal } = limits
  if (signal?.aborted) throw toAbortedError(signal.reason)

  const controller = new AbortController()
  const forward = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', forward, { once: true })
  const stop = () => controller.abort(timeoutError())
  const timer = setTimeout(stop, Math.min(timeoutMs, LONGEST_TIMER_MS))
  try {
    return await unlessAborted(work(controller.signal), controller.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', forward)
  }
}

/**
 * The signal ends the waiting, not the work.
 *
 * @throws {KakaoUnavailableError} `timeout` or `aborted`.
 */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(toAbortedError(signal.reason))
    signal.addEventListener('abort', stop, { once: true })
    const settle = () => signal.removeEventListener('abort', stop)
    work.then(resolve, reject).then(settle, settle)
    if (signal.aborted) stop()
  })
}

function toAbortedError(cause: unknown): KakaoUnavailableError {
  const isTimeout = cause instanceof Error && cause.name === 'TimeoutError'
  return new KakaoUnavailableError(isTimeout ? 'timeout' : 'aborted', { cause })
}

function timeoutError(): DOMException {
  return new DOMException('the deadline passed', 'TimeoutError')
}
