/** What a webhook brought. */
export interface Received {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: string
  readonly redirect: string
}

/** A service that webhooks reach: hand its `fetch` to the emulator. */
export interface Service {
  readonly fetch: typeof fetch
  readonly received: Received[]
  /** Claims of the account-status webhooks received, unverified. */
  claims(): Record<string, unknown>[]
  /** The last segments of the events received, in order. */
  events(): string[]
}

export const UNLINK_URL = 'http://service.test/webhooks/kakao/unlink/'
export const STATUS_URL = 'http://service.test/webhooks/kakao/account-status/'

export const BOTH_WEBHOOKS = {
  unlink: { url: UNLINK_URL },
  account_status: { url: STATUS_URL },
} as const

/** @param answer Its answer to the n-th webhook; by default what Kakao wants. */
export function createService(
  answer: (place: number) => Response = () => new Response(null, { status: 202 }),
): Service {
  const received: Received[] = []
  const claims = () =>
    received.filter(({ body }) => body.startsWith('ey')).map(({ body }) => readClaims(body))

  return {
    received,
    claims,
    events: () => claims().flatMap(({ events }) => Object.keys(events as object).map(lastSegment)),
    async fetch(input, init) {
      const request = new Request(input, init)
      received.push({
        method: request.method,
        url: new URL(request.url),
        headers: request.headers,
        body: await request.text(),
        redirect: request.redirect,
      })
      return answer(received.length - 1)
    },
  }
}

export function readClaims(token: string): Record<string, unknown> {
  const [, payload = ''] = token.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
}

function lastSegment(uri: string): string {
  return uri.split('/').at(-1) ?? ''
}
