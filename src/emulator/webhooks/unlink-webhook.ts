import type { WireUnlinkWebhook } from '../../kakao/wire.ts'
import { findPrimaryAdminKey } from '../state/admin-keys.ts'
import type { App } from '../state/apps.ts'
import type { World } from '../world.ts'
import type { Letter } from './deliver.ts'
import type { Parcel } from './post-office.ts'

/** How a link can end without the app having asked for it. */
export const REFERRER_TYPES = [
  'UNLINK_FROM_APPS',
  'UNLINK_FROM_ADMIN',
  'ACCOUNT_DELETE',
  'FORCED_ACCOUNT_DELETE',
  'INCOMPLETE_SIGN_UP',
  'REVOKE_ACCOUNT_SERVICE_TERMS',
  'UNLINK_FROM_SERVICE',
] as const

/** Someone whose link to an app has ended. */
export interface Unlinked {
  readonly app: App
  readonly personId: string
  /** One of {@link REFERRER_TYPES}, or any other: services must accept what they do not know. */
  readonly referrerType: string
}

/** Posts the unlink webhook, where the app has one. */
export function postUnlinkWebhook(world: World, unlinked: Unlinked): void {
  const letter = findUnlinkLetter(world, unlinked.app, toFields(unlinked))
  if (letter !== undefined) world.postOffice.post(toUnlinkParcel(unlinked, letter))
}

export function toUnlinkParcel({ app, personId, referrerType }: Unlinked, letter: Letter): Parcel {
  return { kind: 'unlink', appId: app.id, personId, about: referrerType, letter }
}

export function toFields({ app, personId, referrerType }: Unlinked): WireUnlinkWebhook {
  return { app_id: String(app.id), user_id: personId, referrer_type: referrerType }
}

/**
 * The unlink webhook as the app's settings want it, with the primary admin key.
 *
 * @returns `undefined` where the app has no such webhook.
 * @see [Kakao: unlink webhook](https://developers.kakao.com/docs/latest/en/kakaologin/callback#unlink)
 */
export function findUnlinkLetter(
  { switches }: World,
  app: App,
  fields: Partial<WireUnlinkWebhook>,
  adminKey = findPrimaryAdminKey(app),
): Letter | undefined {
  const webhook = app.settings.webhooks.unlink
  if (webhook === undefined) return undefined
  const headers = { ...(adminKey !== undefined && { authorization: `KakaoAK ${adminKey}` }) }
  const form = new URLSearchParams({ ...fields })
  if (webhook.method === 'GET') {
    const url = new URL(webhook.url)
    for (const [name, value] of form) url.searchParams.append(name, value)
    return { url: url.href, method: 'GET', headers }
  }
  return { url: webhook.url, method: 'POST', ...toBody(form, headers, switches) }
}

function toBody(
  form: URLSearchParams,
  headers: Record<string, string>,
  { unlink_webhook_body }: World['switches'],
): Pick<Letter, 'headers' | 'body'> {
  return unlink_webhook_body === 'json'
    ? {
        headers: { ...headers, 'content-type': 'application/json;charset=utf-8' },
        body: JSON.stringify(Object.fromEntries(form)),
      }
    : {
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: String(form),
      }
}
