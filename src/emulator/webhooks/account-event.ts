import { type SigningKey, signJws } from '../../jose/index.ts'
import type { WireAccountEvent, WireAccountStatusClaims } from '../../kakao/wire.ts'
import { toUnixSeconds } from '../clock.ts'
import type { App } from '../state/apps.ts'
import type { World } from '../world.ts'
import type { Letter } from './deliver.ts'

/** Something that happened to a person at Kakao. */
export interface AccountEvent {
  readonly app: App
  readonly personId: string
  /** Origin that Kakao goes by. */
  readonly issuer: string
  /** A URI. */
  readonly type: string
  /** What comes with it beside the subject. */
  readonly payload?: WireAccountEvent
}

/**
 * The claims of a security event token. There is no `exp`.
 *
 * @see [RFC 8417, section 2](https://www.rfc-editor.org/rfc/rfc8417.html#section-2)
 */
export function toEventClaims(
  { clock, switches, newSecret }: World,
  { app, personId, issuer, type, payload }: AccountEvent,
): WireAccountStatusClaims & { app_id?: string } {
  const now = toUnixSeconds(clock.now())
  const subject = { subject_type: 'iss-sub', iss: issuer, sub: personId }
  return {
    iss: issuer,
    aud: toAudience(app, switches.event_audience),
    sub: personId,
    iat: now,
    toe: now,
    jti: newSecret(),
    [switches.event_transaction_claim]: newSecret(),
    ...(switches.event_app_id && { app_id: String(app.id) }),
    events: { [type]: { subject, ...payload } },
  }
}

function toAudience(app: App, kind: World['switches']['event_audience']): string {
  const [restKey] = app.settings.rest_api_keys
  return kind === 'rest_api_key' && restKey !== undefined ? restKey.key : String(app.id)
}

const EVENT_TOKEN_TYPE = 'secevent+jwt'

/** Signs an event with the key that signs ID tokens too, or with another. */
export async function signEvent(
  { keys }: World,
  claims: { readonly [claim: string]: unknown },
  { key, typ = EVENT_TOKEN_TYPE }: { readonly key?: SigningKey; readonly typ?: string } = {},
): Promise<string> {
  return await signJws(claims, key ?? (await keys.signingKey()), typ)
}

/** RFC 8935, section 2: the token alone is the body. */
export function toEventLetter(url: string, token: string): Letter {
  return {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/secevent+jwt', accept: 'application/json' },
    body: token,
  }
}
