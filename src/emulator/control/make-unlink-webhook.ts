import type { App } from '../state/apps.ts'
import type { Letter } from '../webhooks/deliver.ts'
import { findUnlinkLetter, REFERRER_TYPES, toFields } from '../webhooks/unlink-webhook.ts'
import type { World } from '../world.ts'
import type { WantedUnlink } from './webhook-schema.ts'

/** More than a service should read. */
const TOO_MUCH = 70_000

/** The unlink webhook as wanted, right or wrong; `undefined` where the app has no address for it. */
export function makeUnlinkWebhook(
  world: World,
  app: App,
  { person, reason = REFERRER_TYPES[0], variant }: WantedUnlink,
): Letter | undefined {
  const fields = toFields({ app, personId: person, referrerType: reason })
  switch (variant) {
    case 'forged':
      return findUnlinkLetter(world, app, fields, 'forged-admin-key')
    case 'wrong_audience':
      return findUnlinkLetter(world, app, { ...fields, app_id: String(app.id + 1) })
    case 'truncated': {
      const { app_id } = fields
      return findUnlinkLetter(world, app, { app_id })
    }
    case 'oversized':
      return findUnlinkLetter(world, app, { ...fields, group_user_token: 'x'.repeat(TOO_MUCH) })
    default:
      return findUnlinkLetter(world, app, fields)
  }
}
