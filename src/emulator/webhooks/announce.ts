import type { World } from '../world.ts'
import type { AccountEvent } from './account-event.ts'
import { signEvent, toEventClaims, toEventLetter } from './account-event.ts'
import { type SENT_UNASKED, toEventType } from './event-types.ts'

type Announced = Omit<AccountEvent, 'type'> & { readonly name: (typeof SENT_UNASKED)[number] }

/**
 * Posts the account-status webhook of what has just happened, where the app has one and wants to
 * hear of such. Nobody waits for it.
 */
export function announce(world: World, { name, ...event }: Announced): void {
  const type = toEventType(name)
  const webhook = event.app.settings.webhooks.account_status
  if (webhook?.events.includes(type) !== true) return

  // Made now, so that ids are drawn in the order in which things happen; signed in its own time.
  const claims = toEventClaims(world, { ...event, type })
  world.postOffice.post({
    kind: 'account_status',
    appId: event.app.id,
    personId: event.personId,
    about: type,
    letter: signEvent(world, { ...claims }).then((token) => toEventLetter(webhook.url, token)),
  })
}
