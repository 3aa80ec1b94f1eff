import type { CallOptions } from '../client-types.ts'
import type { KakaoContext } from '../context.ts'
import type { KakaoEndpoint } from '../endpoints/endpoint.ts'
import { KakaoError, KakaoUnavailableError, KapiError } from '../errors.ts'
import { withDeadline } from './deadline.ts'
import { makeRequest } from './make-request.ts'

const RETRIES = 2
/** The longest first wait; each further one may be twice as long. */
const FIRST_WAIT_MS = 200

/** Kakao's own trouble, which may be over at once; a quota is not. */
const PASSING_CODES = new Set([-1, -7])
const PASSING_STATUSES = new Set([502, 503, 504])

/**
 * Makes a call, and makes it again after a failure that passes, all within one deadline: where it is
 * safe to repeat, or where nothing was sent, since no connection came about. The waits
 * have full jitter, so that callers who failed together do not come back together; none is shorter
 * than Kakao asks for.
 *
 * @throws Whatever the last attempt threw.
 * @throws {KakaoUnavailableError} `timeout` or `aborted`.
 */
export function withRetries<T>(
  context: KakaoContext,
  endpoint: Pick<KakaoEndpoint, 'host' | 'path' | 'retry'>,
  call: CallOptions,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { now } = context
  const timeoutMs = call.timeoutMs ?? context.timeoutMs
  const retries = call.retries ?? RETRIES
  const mayRepeat = (error: unknown) =>
    isPassing(error) && (endpoint.retry === 'safe' || isUnsent(error))
  const endsAt = now().getTime() + timeoutMs

  return withDeadline({ timeoutMs, signal: call.signal }, async (signal) => {
    for (let failures = 0; ; failures += 1) {
      try {
        return await makeRequest(context, endpoint, { request, signal, timeoutMs })
      } catch (error) {
        const waitMs = Math.max(
          context.random() * FIRST_WAIT_MS * 2 ** failures,
          toRetryAfterMs(error),
        )
        const isInTime = now().getTime() + waitMs < endsAt
        if (!(failures < retries) || !mayRepeat(error) || !isInTime) throw error
        await context.sleep(waitMs)
        if (signal.aborted) throw error
      }
    }
  })
}

function toRetryAfterMs(error: unknown): number {
  return error instanceof KakaoError ? (error.retryAfterMs ?? 0) : 0
}

function isUnsent(error: unknown): boolean {
  return error instanceof KakaoUnavailableError && !error.wasSent
}

function isPassing(error: unknown): boolean {
  if (error instanceof KapiError) {
    return PASSING_CODES.has(error.kakaoCode) || PASSING_STATUSES.has(error.status)
  }
  if (!(error instanceof KakaoUnavailableError)) return false
  // With a status an answer had begun: it broke, but the connection was good.
  const { reason, status } = error
  return status === undefined ? reason === 'network' : PASSING_STATUSES.has(status)
}
