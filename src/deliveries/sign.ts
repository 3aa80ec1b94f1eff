import { createHmac } from 'node:crypto'

/** What is sent, and what it is signed with. */
export interface SignedContent {
  /** The `webhook-id`. */
  readonly id: string
  /** When it is sent. */
  readonly at: Date
  readonly body: string
  readonly secrets: readonly Uint8Array[]
}

/**
 * The headers by which a receiver knows that an event comes from us: HMAC-SHA-256 over id, time and
 * body, under each of the secrets.
 *
 * @see [Standard Webhooks](https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#webhook-headers-sending-metadata-to-consumers)
 */
export function createWebhookHeaders({
  id,
  at,
  body,
  secrets,
}: SignedContent): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`)
    return `v1,${mac.digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}
