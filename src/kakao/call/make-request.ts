import type { KakaoContext } from '../context.ts'
import type { KakaoEndpoint } from '../endpoints/endpoint.ts'
import { KakaoError, KakaoUnavailableError } from '../errors.ts'
import type { RequestEnd } from '../guard/guard-types.ts'
import { toRequestEnd } from '../guard/to-request-end.ts'
import { unlessAborted } from './deadline.ts'
import type { KakaoOutcome } from './outcome.ts'

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
  { request, signal }: { request: (signal: AbortSignal) => Promise<T>; signal: AbortSignal },
): Promise<T> {
  const { now, onRequest, guards, lane } = context
  const startedAt = now().getTime()
  let outcome: KakaoOutcome = 'ok'
  try {
    const leave = guards[host].enter(lane)
    return await passing(leave, () => unlessAborted(request(signal), signal))
  } catch (error) {
    outcome = toOutcome(error)
    throw error
  } finally {
    // A clock may have been set back meanwhile.
    const ms = Math.max(0, now().getTime() - startedAt)
    onRequest({ host, endpoint: path, outcome, ms })
  }
}

async function passing<T>(leave: (end: RequestEnd) => void, work: () => Promise<T>): Promise<T> {
  let end: RequestEnd = 'answered'
  try {
    return await work()
  } catch (error) {
    end = toRequestEnd(error)
    throw error
  } finally {
    leave(end)
  }
}

function toOutcome(error: unknown): KakaoOutcome {
  if (error instanceof KakaoUnavailableError) return error.reason
  return error instanceof KakaoError && error.fault !== 'kakao' ? 'refused' : 'failed'
}
