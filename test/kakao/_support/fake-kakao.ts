import { createKakaoClient, type KakaoClientOptions } from '../../../src/kakao/index.ts'

/** A request as it would go over the wire. */
export interface Sent {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly form: URLSearchParams
  readonly redirect: string | undefined
}

export type Answer = () => Response | Promise<Response>

export const NOON = new Date('2026-06-01T12:00:00Z')

/** A client whose every call gets the same answer, and what it sent. */
export function clientAnswered(answer: Answer, options: Partial<KakaoClientOptions> = {}) {
  const sent: Sent[] = []
  const client = createKakaoClient({
    restApiKey: 'rest-key',
    now: () => NOON,
    sleep: async () => undefined,
    fetch: async (input, init) => {
      sent.push(toSent(input, init))
      return answer()
    },
    ...options,
  })
  return { client, sent }
}

function toSent(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): Sent {
  if (typeof input !== 'string') throw new Error('the client must call fetch with text')
  return {
    method: init?.method ?? 'GET',
    url: new URL(input),
    headers: new Headers(init?.headers),
    form: new URLSearchParams(typeof init?.body === 'string' ? init.body : ''),
    redirect: init?.redirect,
  }
}

/** @param body JSON as text where digits matter, else a value. */
export function json(body: unknown, status = 200): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
  })
}

/** A fetch that never answers and, what is worse, does not listen to its signal. */
export const DEAF: typeof fetch = () => new Promise<Response>(() => undefined)

/** What a call threw; a call that went well fails the test. */
export async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('the call went well')
}
