import { readLimitedText } from '../../limited-text.ts'
import { readRetryAfter } from '../../retry-after.ts'
import type { KakaoContext } from '../context.ts'
import { KakaoUnavailableError } from '../errors.ts'
import { isConnectFailure } from './connect-failure.ts'
import { type Fields, isFields, omitUndefined } from './fields.ts'
import { parseLosslessJson } from './json.ts'
import { isSuccess } from './status.ts'

/** Longer answers are not read to the end. */
const LIMIT_BYTES = 1024 * 1024

/** An answer that holds a JSON object, whatever its status. */
export interface KakaoAnswer {
  readonly status: number
  readonly fields: Fields
  /** How long Kakao asks not to be asked again, where it does. */
  readonly retryAfterMs?: number
}

/** One request as it goes over the wire. */
export interface KakaoRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** A bare list will do too; it is read as an object's `elements`. */
  readonly mayAnswerList?: true
}

/**
 * Sends a request, once. Redirects are not followed: they would carry secrets elsewhere.
 *
 * @throws {KakaoUnavailableError} No JSON object came back; its `status` tells how far it got.
 */
export async function sendToKakao(
  { fetch, now }: KakaoContext,
  { url, mayAnswerList, ...request }: KakaoRequest,
  signal: AbortSignal,
): Promise<KakaoAnswer> {
  const response = await getResponse(() => fetch(url, { ...request, redirect: 'manual', signal }))
  const { status } = response
  // Browsers and edge runtimes hide a redirect that was not followed behind the status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    discard(response)
    throw new KakaoUnavailableError('redirect', { status })
  }

  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), now())
  const wait = omitUndefined({ retryAfterMs })
  const value = findJson(await readText(response))
  const fields = mayAnswerList && Array.isArray(value) ? { elements: value } : value
  if (!isFields(fields)) {
    throw new KakaoUnavailableError(isSuccess(status) ? 'not_json' : 'status', { status, ...wait })
  }
  return { status, fields, ...wait }
}

async function getResponse(send: () => Promise<Response>): Promise<Response> {
  try {
    return await send()
  } catch (cause) {
    throw new KakaoUnavailableError('network', { cause, wasSent: !isConnectFailure(cause) })
  }
}

async function readText({ body, status }: Response): Promise<string> {
  let text: string | undefined
  try {
    text = await readLimitedText(body, LIMIT_BYTES)
  } catch (cause) {
    throw new KakaoUnavailableError('network', { cause, status })
  }
  if (text === undefined) throw new KakaoUnavailableError('too_large', { status })
  return text
}

/** Nobody waits for the rest of an answer to be thrown away. */
function discard({ body }: Response): void {
  body?.cancel().catch(() => undefined)
}

function findJson(text: string): unknown {
  try {
    return parseLosslessJson(text)
  } catch {
    // The parser's message would quote the answer, which may hold a token.
    return undefined
  }
}
