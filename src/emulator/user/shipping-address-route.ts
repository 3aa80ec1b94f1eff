import { Hono } from 'hono'
import type { WireShippingAddress } from '../../kakao/wire.ts'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readWholeNumber } from '../json-parameter.ts'
import { queryOf } from '../parameters.ts'
import { hasConsentItem } from '../state/apps.ts'
import type { Person } from '../state/people.ts'
import type { RouteEnv, World } from '../world.ts'
import { type Caller, getCaller } from './caller.ts'

/** On the wire the id is a bare number of up to 19 digits. What is `undefined` is not sent. */
type AddressOnWire = { id: bigint } & {
  [Name in Exclude<keyof WireShippingAddress, 'id'>]?: WireShippingAddress[Name] | undefined
}
type Addresses = Person['shipping_addresses']

/**
 * `GET /v1/user/shipping_address`: where parcels for the person go.
 *
 * @see [Kakao: retrieve shipping address](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#shipping-address)
 */
export function shippingAddressRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/v1/user/shipping_address', (c) => {
    const query = queryOf(c.req.raw)
    const caller = getCaller(world, c, query)
    const found = pickAddresses(caller.person.shipping_addresses, query)
    const agreed = checkConsent(caller, world)
    const { deprecated_fields } = world.switches
    return kakaoJson({
      user_id: BigInt(caller.person.id),
      shipping_addresses_needs_agreement: !agreed,
      ...(agreed && { shipping_addresses: found.map(toWire) }),
      ...(deprecated_fields && {
        has_shipping_addresses: caller.person.shipping_addresses.length > 0,
      }),
    })
  })
}

/** @throws {KapiError} -3: the app does not ask for addresses. -402: the person has not agreed. */
function checkConsent({ app, link }: Caller, { switches }: World): boolean {
  if (!hasConsentItem(app, 'shipping_address')) throw new KapiError(-3)
  const agreed = link.agreedAt.has('shipping_address')
  if (agreed || switches.shipping_without_consent === 'flag') return agreed
  throw new KapiError(-402, {
    scopes: {
      api_type: 'SHIPPING_ADDRESS',
      required_scopes: ['shipping_address'],
      allowed_scopes: [...link.agreedAt.keys()].sort(),
    },
  })
}

/** The default address comes first on every page, then whatever was changed last. */
function pickAddresses(all: Addresses, query: URLSearchParams): Addresses {
  const addressId = query.get('address_id') ?? ''
  if (addressId !== '') {
    if (!/^\d{1,19}$/.test(addressId)) throw new KapiError(-2)
    return all.filter(({ id }) => id === addressId)
  }
  const most = Number.MAX_SAFE_INTEGER
  const before = readWholeNumber(query, 'from_updated_at', { usual: 0, min: 0, max: most })
  const size = readWholeNumber(query, 'page_size', { usual: 10, min: 2, max: most })
  const others = all.filter(
    ({ is_default, updated_at }) => !is_default && (before === 0 || updated_at < before),
  )
  const newestFirst = others.toSorted((one, other) => other.updated_at - one.updated_at)
  return [...all.filter(({ is_default }) => is_default), ...newestFirst].slice(0, size)
}

function toWire({ id, ...address }: Addresses[number]): AddressOnWire {
  return { ...address, id: BigInt(id) }
}
