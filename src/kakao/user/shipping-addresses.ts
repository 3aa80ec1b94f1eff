import { callKapi } from '../call/call-kapi.ts'
import type { KapiAccess } from '../call/caller.ts'
import {
  isFields,
  omitUndefined,
  readFlag,
  readId,
  readText,
  readUnixTime,
  type Unread,
} from '../call/fields.ts'
import { USER_ENDPOINTS } from '../endpoints/user-endpoints.ts'
import type { WireShippingAddress, WireShippingAddresses } from '../wire.ts'
import type {
  KakaoShippingAddress,
  KakaoShippingAddresses,
  KakaoShippingAddressQuery,
} from './account-types.ts'
import { findItem } from './to-account.ts'

export async function getShippingAddresses(
  access: KapiAccess,
  { addressId, updatedBefore, pageSize, ...call }: KakaoShippingAddressQuery = {},
): Promise<KakaoShippingAddresses> {
  const parameters = {
    address_id: addressId,
    from_updated_at: updatedBefore && String(Math.floor(updatedBefore.getTime() / 1000)),
    page_size: pageSize?.toString(),
  }
  return await callKapi(
    access,
    { endpoint: USER_ENDPOINTS.shippingAddresses, parameters, read: findShippingAddresses },
    call,
  )
}

function findShippingAddresses(
  wire: Unread<WireShippingAddresses>,
): KakaoShippingAddresses | undefined {
  const userId = readId(wire.user_id)
  if (userId === undefined) return undefined

  const list = Array.isArray(wire.shipping_addresses)
    ? wire.shipping_addresses.flatMap(toShippingAddresses)
    : undefined
  const addresses = findItem(wire.shipping_addresses_needs_agreement, list)
  return { userId, ...omitUndefined({ addresses }) }
}

/** What has no id is no address. */
function toShippingAddresses(value: unknown): KakaoShippingAddress[] {
  if (!isFields(value)) return []
  const wire: Unread<WireShippingAddress> = value
  const id = readId(wire.id)
  if (id === undefined) return []
  const isDefault = readFlag(wire.is_default) ?? false
  return [{ id, isDefault, ...readDetails(wire) }]
}

function readDetails(wire: Unread<WireShippingAddress>) {
  return omitUndefined({
    name: readText(wire.name),
    updatedAt: readUnixTime(wire.updated_at),
    type: readText(wire.type),
    baseAddress: readText(wire.base_address),
    detailAddress: readText(wire.detail_address),
    receiverName: readText(wire.receiver_name),
    receiverPhoneNumber1: readText(wire.receiver_phone_number1),
    receiverPhoneNumber2: readText(wire.receiver_phone_number2),
    zoneNumber: readText(wire.zone_number),
    zipCode: readText(wire.zip_code),
  })
}
