/** A request to a service, whole. */
export interface Letter {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What became of a letter. */
export interface Delivery {
  /** HTTP status; 0 where no answer came within the deadline, or at all. */
  readonly status: number
  /** The beginning of the answer's body. */
  readonly body: string
  /** How long the answer took, by the emulator's clock. */
  readonly ms: number
}

export interface DeliveryOptions {
  readonly fetch: typeof fetch
  readonly deadlineMs: number
  readonly now: () => Date
}

const MOST_TEXT = 10_000

/** Sends a letter once. Redirects are not followed. Never rejects. */
export async function deliver(letter: Letter, options: DeliveryOptions): Promise<Delivery> {
  const startedAt = options.now().getTime()
  const signal = AbortSignal.timeout(options.deadlineMs)
  const answer = await Promise.race([send(letter, options, signal), giveUp(signal)])
  return { ...answer, ms: options.now().getTime() - startedAt }
}

const NO_ANSWER = { status: 0, body: '' }

async function send({ url, ...letter }: Letter, { fetch }: DeliveryOptions, signal: AbortSignal) {
  try {
    const response = await fetch(url, { ...letter, redirect: 'manual', signal })
    return { status: response.status, body: (await response.text()).slice(0, MOST_TEXT) }
  } catch {
    return NO_ANSWER
  }
}

/** Not every `fetch` that is handed in heeds its signal. */
function giveUp(signal: AbortSignal): Promise<typeof NO_ANSWER> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(NO_ANSWER), { once: true })
  })
}
