import { listen } from '../../../src/cli/listen.ts'
import { findFreePort } from '../../_support/free-port.ts'
import type { ServedWorld } from './served-world.ts'

/** A service that takes Kakao's webhooks. */
export interface WebhookReceiver {
  /** What came, each as its path and body, or as its path and the last segment of the event. */
  readonly received: readonly string[]
  close(): Promise<void>
}

/** Starts one, and has the demo app of the world's emulator send to it. */
export async function receiveWebhooks({ kakaoUrl }: ServedWorld): Promise<WebhookReceiver> {
  const received: string[] = []
  const port = await findFreePort()
  const listener = await listen(
    async (request) => {
      received.push(`${new URL(request.url).pathname} ${toBrief(await request.text())}`)
      return new Response(null, { status: 202 })
    },
    { host: '127.0.0.1', port, setting: 'the port' },
  )
  const url = `http://localhost:${port}`
  const webhooks = { unlink: { url: `${url}/unlink` }, account_status: { url: `${url}/status` } }
  const app = `${kakaoUrl}/_emulator/apps/123456`
  await fetch(app, { method: 'PATCH', body: JSON.stringify({ webhooks }) })
  return { received, close: async () => void (await listener.close(1000)) }
}

/** A form as it is; of a token the event. */
function toBrief(body: string): string {
  const [, payload] = body.split('.')
  if (payload === undefined) return body
  const { events } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { events: object }
  return Object.keys(events).join().replace(/^.*\//, '')
}
