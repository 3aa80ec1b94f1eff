/** An event as it arrived. */
export interface Letter {
  /** The `webhook-id`. */
  readonly id: string
  /** The `webhook-timestamp`. */
  readonly sentAt: Date
  readonly headers: Headers
  /** The body, to the letter. */
  readonly text: string
  readonly type: string
  readonly timestamp: string
  readonly data: {
    readonly user_id: string
    readonly sequence: number
    readonly [name: string]: unknown
  }
}

/** Somebody who is told of events, without a socket. */
export interface TestReceiver {
  readonly url: string
  readonly secret: string
  /** All that arrived, in order, whatever was answered. */
  readonly letters: Letter[]
  /** What is answered from now on. At first: 204. */
  answer: (letter: Letter, request: Request) => Response | Promise<Response>
  readonly receive: (request: Request) => Promise<Response>
}

export function createReceiver(url = 'https://service.example/hook'): TestReceiver {
  const letters: Letter[] = []
  const receiver: TestReceiver = {
    url,
    secret: `whsec_${Buffer.from(url.padEnd(32).slice(-32)).toString('base64')}`,
    letters,
    answer: () => new Response(null, { status: 204 }),

    async receive(request) {
      const letter = await readLetter(request)
      letters.push(letter)
      return await receiver.answer(letter, request)
    },
  }
  return receiver
}

async function readLetter(request: Request): Promise<Letter> {
  const { headers } = request
  const text = await request.text()
  const { type, timestamp, data } = JSON.parse(text) as Letter
  return {
    id: headers.get('webhook-id') ?? '',
    sentAt: new Date(Number(headers.get('webhook-timestamp')) * 1000),
    headers,
    text,
    type,
    timestamp,
    data,
  }
}

/** The settings by which our server tells them, and the way there. */
export function tellTo(...receivers: readonly TestReceiver[]): {
  environment: Record<string, string>
  elsewhere: (request: Request) => Promise<Response>
} {
  return {
    environment: {
      WEBHOOK_URLS: receivers.map(({ url }) => url).join(','),
      WEBHOOK_SECRETS: receivers.map(({ secret }) => secret).join(','),
    },
    async elsewhere(request) {
      const receiver = receivers.find(({ url }) => url === request.url)
      return (await receiver?.receive(request)) ?? new Response(null, { status: 404 })
    },
  }
}
