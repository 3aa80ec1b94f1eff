import type { Delivery, Letter } from './deliver.ts'

/** A webhook on its way. */
export interface Parcel {
  readonly kind: 'unlink' | 'account_status'
  readonly appId: number
  readonly personId: string
  /** The event's URI, or the `referrer_type`. */
  readonly about: string
  readonly letter: Promise<Letter> | Letter
}

/** A webhook that was sent, with each attempt. */
export interface SentWebhook {
  readonly kind: Parcel['kind']
  readonly app_id: number
  readonly person: string
  readonly about: string
  /** RFC 3339, by the emulator's clock. */
  readonly at: string
  readonly deliveries: readonly Delivery[]
}

/** Sends an emulator's webhooks and remembers the latest. */
export interface PostOffice {
  /** Sends at once. @returns Each attempt, once the last is over. */
  send(parcel: Parcel): Promise<readonly Delivery[]>
  /** Sends when those posted before for the same app have gone out; nobody waits. */
  post(parcel: Parcel): void
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>
  /** Oldest first. */
  sent(): readonly SentWebhook[]
  /** Forgets what was sent, and sends nothing more of what was posted before. */
  clear(): void
}

export interface PostOfficeOptions {
  readonly now: () => Date
  readonly deliver: (letter: Letter) => Promise<Delivery>
  /** Waits in seconds before each further attempt at an account-status webhook. */
  readonly retrySeconds: () => readonly number[]
  readonly wait: (milliseconds: number) => Promise<void>
}

/** The oldest are forgotten beyond this. */
const CAPACITY = 1000

export function createPostOffice(options: PostOfficeOptions): PostOffice {
  const { now } = options
  const queues = new Map<number, Promise<unknown>>()
  let sent: SentWebhook[] = []

  /** @param outbox As it was when the parcel was handed in: `clear` puts another in its place. */
  async function send(parcel: Parcel, outbox = sent): Promise<readonly Delivery[]> {
    const isCurrent = () => outbox === sent
    if (!isCurrent()) return []
    const at = now().toISOString()
    const deliveries = await deliverAndRetry(parcel, options, isCurrent)
    const { kind, appId: app_id, personId: person, about } = parcel
    keep(outbox, { kind, app_id, person, about, at, deliveries })
    return deliveries
  }

  return {
    send,

    post(parcel) {
      const outbox = sent
      const last = queues.get(parcel.appId) ?? Promise.resolve()
      const next = last.then(() => send(parcel, outbox))
      queues.set(parcel.appId, next)
    },

    async settled() {
      let waitedFor: Promise<unknown>[] = []
      // What is delivered may cause more.
      while ([...queues.values()].some((queue) => !waitedFor.includes(queue))) {
        waitedFor = [...queues.values()]
        await Promise.all(waitedFor)
      }
    },

    sent: () => sent,
    clear() {
      sent = []
    },
  }
}

function keep(sent: SentWebhook[], webhook: SentWebhook): void {
  sent.push(webhook)
  if (sent.length > CAPACITY) sent.shift()
}

async function deliverAndRetry(
  { kind, letter }: Parcel,
  { deliver, retrySeconds, wait }: PostOfficeOptions,
  isCurrent: () => boolean,
): Promise<Delivery[]> {
  const deliveries = [await deliver(await letter)]
  // Kakao sends an unlink webhook once, whatever comes of it.
  for (const seconds of kind === 'account_status' ? retrySeconds() : []) {
    if (!mayGoWellLater(deliveries.at(-1))) break
    await wait(seconds * 1000)
    if (!isCurrent()) break
    deliveries.push(await deliver(await letter))
  }
  return deliveries
}

function mayGoWellLater(last: Delivery | undefined): boolean {
  return last === undefined || last.status === 0 || last.status === 429 || last.status >= 500
}
