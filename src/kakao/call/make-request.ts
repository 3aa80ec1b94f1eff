import type { KakaoContext } from '../context.ts'
import type { KakaoEndpoint } from '../endpoints/endpoint.ts'
import { KakaoError, KakaoUnavailableError } from '../errors.ts'
import { unlessAborted } from './deadline.ts'
import type { KakaoOutcome } from './outcome.ts'

/**
 * Makes one request of Kakao: every one of them goes through here, repetitions included.
 *
 * @throws Whatever the request throws.
 * @throws {KakaoUnavailableError} `timeout` or `aborted`: the signal went off.
 */
export async function makeRequest<T>(
  { now, onRequest }: KakaoContext,
  { host, path }: Pick<KakaoEndpoint, 'host' | 'path'>,
  { request, signal }: { request: (signal: AbortSignal) => Promise<T>; signal: AbortSignal },
): Promise<T> {
  const startedAt = now().getTime()
  const tell = (outcome: KakaoOutcome) => {
    // A clock may have been set back meanwhile.
    const ms = Math.max(0, now().getTime() - startedAt)
    onRequest({ host, endpoint: path, outcome, ms })
  }

  try {
    const answer = await unlessAborted(request(signal), signal)
    tell('ok')
    return answer
  } catch (error) {
    tell(toOutcome(error))
    throw error
  }
}

function toOutcome(error: unknown): KakaoOutcome {
  if (error instanceof KakaoUnavailableError) return error.reason
  return error instanceof KakaoError && error.fault !== 'kakao' ? 'refused' : 'failed'
}
