import type { KakaoContext } from '../context.ts'
import type { KakaoEndpoint } from '../endpoints/endpoint.ts'
import { KakaoError, KakaoUnavailableError } from '../errors.ts'
import type { RequestEnd } from '../guard/guard-types.ts'
import { toRequestEnd } from '../guard/to-request-end.ts'
import { unlessAborted } from './deadline.ts'
import type { KakaoOutcome } from './outcome.ts'

/** A request that is about to be made. */
export interface Attempt<T> {
  readonly request: (signal: AbortSignal) => Promise<T>
  readonly signal: AbortSignal
  /** The deadline of the call that it belongs to, of which others may have used up a part. */
  readonly timeoutMs: number
}

/**
 * Makes one request of Kakao, past the guard of its host: every one of them goes through here, and
 * each repetition counts by itself.
 *
 * @throws Whatever the request throws.
 * @throws {KakaoUnavailableError} `timeout` or `aborted`: the signal went off. `breaker_open` or
 * `too_many_calls`: nothing was sent.
 */
export async function makeRequest<T>(
  context: KakaoContext,
  { host, path }: Pick<KakaoEndpoint, 'host' | 'path'>,
  attempt: Attempt<T>,
): Promise<T> {
  const { now, onRequest, guards, lane } = context
  const startedAt = now().getTime()
  let outcome: KakaoOutcome = 'ok'
  try {
    const leave = guards[host].enter(lane)
    return await passing(context, leave, attempt)
  } catch (error) {
    outcome = toOutcome(error)
    throw error
  } finally {
    // A clock may have been set back meanwhile.
    const ms = Math.max(0, now().getTime() - startedAt)
    onRequest({ host, endpoint: path, outcome, ms })
  }
}

async function passing<T>(
  { tick, timeoutMs }: KakaoContext,
  leave: (end: RequestEnd) => void,
  { request, signal, ...attempt }: Attempt<T>,
): Promise<T> {
  const begunAt = tick()
  let end: RequestEnd = 'answered'
  try {
    return await unlessAborted(request(signal), signal)
  } catch (error) {
    const deadlineMs = Math.min(attempt.timeoutMs, timeoutMs)
    end = toRequestEnd(error, { waitedMs: tick() - begunAt, deadlineMs })
    throw error
  } finally {
    leave(end)
  }
}

function toOutcome(error: unknown): KakaoOutcome {
  if (error instanceof KakaoUnavailableError) return error.reason
  return error instanceof KakaoError && error.fault !== 'kakao' ? 'refused' : 'failed'
}
