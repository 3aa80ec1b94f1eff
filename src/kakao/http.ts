import type { CallOptions } from './client-types.ts'
import type { KakaoContext } from './context.ts'
import { withDeadline } from './deadline.ts'
import { KakaoError, KakaoUnavailableError } from './errors.ts'
import { type Fields, isFields } from './fields.ts'
import { parseLosslessJson } from './json.ts'

/** Longer answers are not read to the end. */
const LIMIT_BYTES = 1024 * 1024

/** An answer that holds a JSON object, whatever its status. */
export interface KakaoAnswer {
  readonly status: number
  readonly fields: Fields
}

/** What a call sends beside its address. */
export interface KakaoRequest {
  readonly method?: 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * One call to Kakao, once. Redirects are not followed: they would carry secrets elsewhere.
 *
 * @throws {KakaoUnavailableError} No JSON object came back, or not in time.
 */
export async function sendToKakao(
  { fetch, timeoutMs }: KakaoContext,
  url: string,
  request: KakaoRequest,
  call: CallOptions = {},
): Promise<KakaoAnswer> {
  return withDeadline({ timeoutMs, signal: call.signal }, async (signal) => {
    try {
      return await toAnswer(await fetch(url, { ...request, redirect: 'manual', signal }))
    } catch (cause) {
      throw cause instanceof KakaoError ? cause : new KakaoUnavailableError('network', { cause })
    }
  })
}

/**
 * Reads something that Kakao publishes for everyone.
 *
 * @throws {KakaoUnavailableError} Anything but a good answer.
 */
export async function getPublicJson(
  context: KakaoContext,
  url: string,
  call?: CallOptions,
): Promise<KakaoAnswer> {
  const answer = await sendToKakao(context, url, {}, call)
  if (!isSuccess(answer.status)) throw new KakaoUnavailableError('status', answer)
  return answer
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

async function toAnswer(response: Response): Promise<KakaoAnswer> {
  const { status } = response
  // Browsers and edge runtimes hide a redirect that was not followed behind the status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    await response.body?.cancel()
    throw new KakaoUnavailableError('redirect', { status })
  }

  const fields = findJsonObject(await readLimitedText(response))
  if (fields === undefined) {
    throw new KakaoUnavailableError(isSuccess(status) ? 'not_json' : 'status', { status })
  }
  return { status, fields }
}

async function readLimitedText(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''

  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength
    if (bytes > LIMIT_BYTES) {
      await reader.cancel()
      throw new KakaoUnavailableError('too_large', { status: response.status })
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

function findJsonObject(text: string): Fields | undefined {
  try {
    const value = parseLosslessJson(text)
    return isFields(value) ? value : undefined
  } catch {
    // The parser's message would quote the answer, which may hold a token.
    return undefined
  }
}
