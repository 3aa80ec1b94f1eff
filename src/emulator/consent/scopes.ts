import type { WireScope, WireScopes } from '../../kakao/wire.ts'
import { CONSENT_ITEMS, type ConsentItemId, isConsentItemId } from '../consent-items.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readTextList } from '../json-parameter.ts'
import { findConsentItem } from '../state/apps.ts'
import type { Caller } from '../user/caller.ts'

/** On the wire the id is a bare number of up to 19 digits. */
type ScopesOnWire = Omit<WireScopes, 'id'> & { id: bigint }

/** How consent items stand: those set up, and those agreed to before they were taken away. */
export function toScopes(caller: Caller, wanted?: readonly ConsentItemId[]): ScopesOnWire {
  const items = wanted ?? itemsOf(caller)
  return { id: BigInt(caller.person.id), scopes: items.map((item) => toScope(caller, item)) }
}

function toScope({ app, link }: Caller, id: ConsentItemId): WireScope {
  const { ko, type } = CONSENT_ITEMS[id]
  const item = findConsentItem(app, id)
  const agreed = link.agreedAt.has(id)
  return {
    id,
    display_name: ko,
    type,
    using: item !== undefined,
    agreed,
    ...(agreed && { revocable: item?.level !== 'required' }),
  }
}

/**
 * Reads `scopes`, a JSON list of consent items.
 *
 * @throws {KapiError} -2: something else, or an item that the app does not know.
 */
export function readScopes(
  parameters: URLSearchParams,
  caller: Caller,
): ConsentItemId[] | undefined {
  const known = new Set<string>(itemsOf(caller))
  const scopes = readTextList(parameters, 'scopes')
  const unknown = scopes?.filter((scope) => !known.has(scope)) ?? []
  if (unknown.length > 0) throw new KapiError(-2, { msg: `unknown scopes: ${unknown.join(', ')}` })
  return scopes?.filter(isConsentItemId)
}

function itemsOf({ app, link }: Caller): ConsentItemId[] {
  const configured = app.settings.consent_items.map(({ id }) => id)
  return [...new Set([...configured, ...link.agreedAt.keys()])]
}
