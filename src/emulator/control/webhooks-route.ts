import { Hono } from 'hono'
import { pageResponse } from '../pages/page-response.ts'
import { webhooksPage } from '../pages/webhooks-page.ts'
import type { App } from '../state/apps.ts'
import { toEventLetter } from '../webhooks/account-event.ts'
import type { Delivery, Letter } from '../webhooks/deliver.ts'
import { toEventType } from '../webhooks/event-types.ts'
import { toUnlinkParcel } from '../webhooks/unlink-webhook.ts'
import type { RouteEnv, World } from '../world.ts'
import { ControlError, readControlBody } from './control-body.ts'
import type { Controls } from './controls.ts'
import { makeAccountEvent } from './make-account-event.ts'
import { makeUnlinkWebhook } from './make-unlink-webhook.ts'
import { wantsPage } from './wants-page.ts'
import { type WantedEvent, type WantedUnlink, webhookSchema } from './webhook-schema.ts'

const WEBHOOKS = '/_emulator/webhooks'

/**
 * `/_emulator/webhooks`: those sent; and sends one by hand, which changes nothing about the person,
 * as the console's test tool does.
 */
export function webhooksRoute({ world }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(WEBHOOKS, async (c) => {
      const webhooks = world.postOffice.sent()
      if (!wantsPage(c)) return c.json({ webhooks })
      return await pageResponse(c.req.raw, (language) => webhooksPage({ world, language }))
    })
    .post(WEBHOOKS, async (c) => {
      const wanted = await readControlBody(c.req.raw, webhookSchema)
      const app = getApp(world, wanted)
      const issuer = new URL(c.req.url).origin
      return c.json(
        wanted.kind === 'unlink'
          ? await sendUnlink(world, app, wanted)
          : await sendEvent(world, app, wanted, issuer),
      )
    })
}

interface Sent {
  /** The token of an account-status webhook; an unlink webhook has none. */
  readonly token: string | null
  readonly deliveries: readonly Delivery[]
}

function getApp({ state }: World, { kind, app_id }: WantedUnlink | WantedEvent): App {
  const app =
    app_id === undefined
      ? (state.apps.find(({ settings }) => settings.webhooks[kind] !== undefined) ?? state.apps[0])
      : state.apps.find(({ id }) => id === app_id)
  if (app === undefined) throw new ControlError(['app_id: there is no such app'])
  return app
}

async function sendUnlink(world: World, app: App, wanted: WantedUnlink): Promise<Sent> {
  const letter = makeUnlinkWebhook(world, app, wanted)
  if (!wanted.send) return { token: null, deliveries: [] }
  if (letter === undefined) throw noAddress('unlink')
  const about = wanted.reason ?? wanted.variant
  const unlinked = { app, personId: wanted.person, referrerType: about }
  const send = () => world.postOffice.send(toUnlinkParcel(unlinked, letter))
  return { token: null, deliveries: await sendOnceOrTwice(wanted.variant, send) }
}

async function sendEvent(
  world: World,
  app: App,
  wanted: WantedEvent,
  issuer: string,
): Promise<Sent> {
  const url = app.settings.webhooks.account_status?.url
  if (wanted.send && url === undefined) throw noAddress('account_status')
  const token = await makeAccountEvent(world, app, issuer, wanted)
  if (!wanted.send || url === undefined) return { token, deliveries: [] }

  const letter: Letter = toEventLetter(url, token)
  const { person: personId, event } = wanted
  const about = toEventType(event)
  const parcel = { kind: 'account_status', appId: app.id, personId, about, letter } as const
  const send = () => world.postOffice.send(parcel)
  return { token, deliveries: await sendOnceOrTwice(wanted.variant, send) }
}

async function sendOnceOrTwice(
  variant: string,
  send: () => Promise<readonly Delivery[]>,
): Promise<Delivery[]> {
  const first = await send()
  return variant === 'duplicate' ? [...first, ...(await send())] : [...first]
}

function noAddress(kind: 'unlink' | 'account_status'): ControlError {
  return new ControlError([`the app has no address for it: set webhooks.${kind}.url`])
}
