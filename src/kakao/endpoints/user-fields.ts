import type {
  WireAccessTokenInfo,
  WireShippingAddress,
  WireShippingAddresses,
  WireUserId,
  WireUserIds,
  WireUserInfo,
  WireUsersObject,
} from '../wire.ts'
import { ALWAYS, listFields, MAYBE } from './fields-of.ts'
import { PERSON_FIELDS } from './person-fields.ts'

const USER_ID = listFields<WireUserId>('', { id: ALWAYS })

/** What kapi answers about people, by the names in `USER_ENDPOINTS`. */
export const USER_FIELDS = {
  me: PERSON_FIELDS,
  users: [
    ...listFields<WireUsersObject>('', { elements: ALWAYS }),
    ...PERSON_FIELDS.map((field) => ({ ...field, name: `elements[].${field.name}` })),
  ],
  userIds: listFields<WireUserIds>('', {
    elements: ALWAYS,
    before_url: MAYBE,
    after_url: MAYBE,
    total_count: { ...MAYBE, unread: 'Deprecated.' },
  }),
  accessTokenInfo: listFields<WireAccessTokenInfo>('', {
    id: MAYBE,
    expires_in: ALWAYS,
    app_id: ALWAYS,
    expiresInMillis: MAYBE,
    appId: MAYBE,
  }),
  logout: USER_ID,
  unlink: USER_ID,
  signup: USER_ID,
  updateProfile: USER_ID,
  shippingAddresses: [
    ...listFields<WireShippingAddresses>('', {
      user_id: ALWAYS,
      shipping_addresses_needs_agreement: MAYBE,
      shipping_addresses: MAYBE,
      has_shipping_addresses: { ...MAYBE, unread: 'Deprecated.' },
    }),
    ...listFields<WireShippingAddress>('shipping_addresses[].', {
      id: ALWAYS,
      is_default: ALWAYS,
      name: MAYBE,
      updated_at: MAYBE,
      type: MAYBE,
      base_address: MAYBE,
      detail_address: MAYBE,
      receiver_name: MAYBE,
      receiver_phone_number1: MAYBE,
      receiver_phone_number2: MAYBE,
      zone_number: MAYBE,
      zip_code: MAYBE,
    }),
  ],
  userInfo: listFields<WireUserInfo>('', {
    sub: ALWAYS,
    name: MAYBE,
    nickname: MAYBE,
    picture: MAYBE,
    email: MAYBE,
    email_verified: MAYBE,
    gender: MAYBE,
    birthdate: MAYBE,
    phone_number: MAYBE,
    phone_number_verified: MAYBE,
  }),
} as const
