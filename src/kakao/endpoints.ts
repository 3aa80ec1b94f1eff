import type { KakaoAdminApi, KakaoAdminUserApi } from './admin/admin-api-types.ts'
import type { KakaoClient } from './client-types.ts'
import { CONSENT_ENDPOINTS } from './endpoints/consent-endpoints.ts'
import { CONSENT_FIELDS } from './endpoints/consent-fields.ts'
import type { KakaoEndpoint } from './endpoints/endpoint.ts'
import { ERROR_FIELDS } from './endpoints/error-fields.ts'
import type { KakaoField } from './endpoints/fields-of.ts'
import { KAUTH_ENDPOINTS } from './endpoints/kauth-endpoints.ts'
import { KAUTH_FIELDS } from './endpoints/kauth-fields.ts'
import { USER_ENDPOINTS } from './endpoints/user-endpoints.ts'
import { USER_FIELDS } from './endpoints/user-fields.ts'
import { WEBHOOK_FIELDS } from './endpoints/webhook-fields.ts'
import type { KakaoUserApi } from './user/user-api-types.ts'

export type { KakaoField } from './endpoints/fields-of.ts'

/** A method of the client, with the way to it. */
export type KakaoClientCall =
  | Exclude<
      keyof KakaoClient,
      'asUser' | 'asAdmin' | 'keys' | 'inLane' | 'breakers' | 'checkBreaker'
    >
  | 'keys.warm'
  | 'keys.findKey'
  | `asUser.${Exclude<keyof KakaoUserApi, 'by'>}`
  | `asAdmin.${Exclude<keyof KakaoAdminApi, 'user'>}`
  | `asAdmin.user.${Exclude<keyof KakaoAdminUserApi, 'by'>}`

/** One endpoint of Kakao Login, as far as it is known, and how the client calls it. */
export interface KakaoEndpointEntry extends KakaoEndpoint {
  readonly name: string
  readonly calls: readonly KakaoClientCall[]
  readonly responseFields: readonly KakaoField[]
}

/** A webhook that Kakao calls us with, and what reads it. */
export interface KakaoWebhookEntry {
  readonly name: string
  readonly methods: readonly ('GET' | 'POST')[]
  readonly calls: readonly ('readUnlinkWebhook' | 'verifyAccountStatusWebhook')[]
  readonly fields: readonly KakaoField[]
}

/** How a host of Kakao tells of an error. */
export interface KakaoErrorEntry {
  readonly host: 'kauth' | 'kapi'
  readonly fields: readonly KakaoField[]
}

const ENDPOINTS = { ...KAUTH_ENDPOINTS, ...USER_ENDPOINTS, ...CONSENT_ENDPOINTS }
const FIELDS = { ...KAUTH_FIELDS, ...USER_FIELDS, ...CONSENT_FIELDS }

type Name = keyof typeof ENDPOINTS

/** The calls that a token and an admin key both allow, under either. */
function byUserOrAdmin<Call extends keyof KakaoAdminUserApi & string>(call: Call) {
  return [`asUser.${call}`, `asAdmin.user.${call}`] as const
}

const CALLS = {
  authorize: ['authorizeUrl'],
  token: ['exchangeCode', 'refreshTokens'],
  me: byUserOrAdmin('getMe'),
  users: ['asAdmin.listUsers'],
  userIds: ['asAdmin.listUserIds', 'asAdmin.allUserIds'],
  accessTokenInfo: ['asUser.getAccessTokenInfo'],
  logout: byUserOrAdmin('logout'),
  accountLogout: ['logoutUrl'],
  unlink: byUserOrAdmin('unlink'),
  signup: ['asUser.signup'],
  updateProfile: ['asUser.updateProfile'],
  shippingAddresses: byUserOrAdmin('getShippingAddresses'),
  scopes: byUserOrAdmin('getScopes'),
  revokeScopes: byUserOrAdmin('revokeScopes'),
  serviceTerms: byUserOrAdmin('getServiceTerms'),
  revokeServiceTerms: byUserOrAdmin('revokeServiceTerms'),
  upgradeServiceTerms: byUserOrAdmin('upgradeServiceTerms'),
  discovery: ['getDiscovery'],
  keys: ['keys.warm', 'keys.findKey', 'verifyIdToken', 'verifyAccountStatusWebhook'],
  tokenInfo: ['getTokenInfo'],
  userInfo: ['asUser.getUserInfo'],
} as const satisfies Record<Name, readonly KakaoClientCall[]>

/** Every endpoint of Kakao Login, in the order of their numbers. */
export const KAKAO_ENDPOINTS: readonly KakaoEndpointEntry[] = (Object.keys(ENDPOINTS) as Name[])
  .map((name) => ({
    name,
    ...ENDPOINTS[name],
    calls: CALLS[name],
    responseFields: FIELDS[name],
  }))
  .sort((one, other) => one.number - other.number)

/** Both webhooks of Kakao Login. */
export const KAKAO_WEBHOOKS: readonly KakaoWebhookEntry[] = [
  {
    name: 'unlink',
    methods: ['GET', 'POST'],
    calls: ['readUnlinkWebhook'],
    fields: WEBHOOK_FIELDS.unlink,
  },
  {
    name: 'accountStatus',
    methods: ['POST'],
    calls: ['verifyAccountStatusWebhook'],
    fields: WEBHOOK_FIELDS.accountStatus,
  },
]

/** The errors of both hosts, which have different bodies. */
export const KAKAO_ERRORS: readonly KakaoErrorEntry[] = [
  { host: 'kauth', fields: ERROR_FIELDS.kauth },
  { host: 'kapi', fields: ERROR_FIELDS.kapi },
]
