import type { Receiver } from '../config/index.ts'
import { readRetryAfter } from '../retry-after.ts'
import { formatTraceparent, type Span } from '../tracing/index.ts'
import { createWebhookHeaders } from './sign.ts'

/** What became of an attempt. */
export interface Answer {
  /** HTTP status; `null`: no answer came in time, or at all. */
  readonly status: number | null
  /** How long the receiver asks to be left alone. */
  readonly retryAfterMs?: number
}

export interface SendOptions {
  readonly fetch: typeof fetch
  readonly now: () => Date
  /** Gives the attempt up, as at the end of the process. */
  readonly signal: AbortSignal
  /** What the attempt is told as; the receiver, who is ours, may go on from it. */
  readonly span: Span
}

/** As the Standard Webhooks specification advises: 15 to 30 s. */
const DEADLINE_MS = 15_000

/**
 * Sends an event once. Redirects are not followed: they would lead to where nobody signed for.
 *
 * @returns What came of it; never rejects.
 */
export async function send(
  { url, secrets }: Receiver,
  event: { readonly id: string; readonly body: string },
  options: SendOptions,
): Promise<Answer> {
  const giveUp = new AbortController()
  const abort = () => giveUp.abort()
  const deadline = setTimeout(abort, DEADLINE_MS)
  options.signal.addEventListener('abort', abort)
  try {
    if (options.signal.aborted) abort()
    return await Promise.race([
      ask(url, { ...event, secrets }, { ...options, signal: giveUp.signal }),
      noAnswer(giveUp.signal),
    ])
  } finally {
    clearTimeout(deadline)
    options.signal.removeEventListener('abort', abort)
  }
}

async function ask(
  url: string,
  { id, body, secrets }: { id: string; body: string; secrets: readonly Uint8Array[] },
  { fetch, now, signal, span }: SendOptions,
): Promise<Answer> {
  const signed = createWebhookHeaders({ id, at: now(), body, secrets })
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'daemun',
    ...(span.context !== undefined && { traceparent: formatTraceparent(span.context) }),
    ...signed,
  }
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    // What it says beside the status is of no interest, but it would hold the connection.
    void response.body?.cancel().catch(() => {})
    span.note({ 'http.response.status_code': response.status })
    if (!response.ok) span.fail(String(response.status))
    return toAnswer(response, now())
  } catch {
    span.fail('no_answer')
    return NO_ANSWER
  }
}

const NO_ANSWER: Answer = { status: null }

function toAnswer({ status, headers }: Response, now: Date): Answer {
  const retryAfterMs = readRetryAfter(headers.get('retry-after'), now)
  return { status, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** Not every `fetch` that is handed in heeds its signal. */
async function noAnswer(signal: AbortSignal): Promise<Answer> {
  return await new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(NO_ANSWER), { once: true })
  })
}
