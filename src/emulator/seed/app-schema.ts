import { z } from 'zod'
import { SENT_UNASKED, toEventType } from '../webhooks/event-types.ts'
import { consentItemId, kakaoId, networkAddress, text, webUrl } from './values.ts'

const appKey = text

/** Who may call with a key; absent: everyone. Addresses, or networks such as `192.0.2.0/24`. */
const allowedIps = z.array(networkAddress).optional()

const restApiKey = z.strictObject({
  key: appKey,
  /** Absent: the client secret is switched off for this key. */
  client_secret: text.optional(),
  redirect_uris: z.array(webUrl).default([]),
  logout_redirect_uris: z.array(webUrl).default([]),
  allowed_ips: allowedIps,
})

/** A key alone, or with what it is limited to. */
const adminKey = z.union([
  appKey.transform((key) => ({ key })),
  z.strictObject({
    key: appKey,
    /** Goes into the unlink webhook; without one so marked, the first does. */
    primary: z.boolean().optional(),
    /** Paths such as `/v2/user/me`; absent: every API. Others answer -3. */
    allowed_apis: z.array(z.string().startsWith('/')).optional(),
    allowed_ips: allowedIps,
  }),
])

const consentItem = z.strictObject({
  id: consentItemId,
  level: z.enum(['required', 'optional', 'during_use']).default('optional'),
})

const serviceTerm = z.strictObject({
  tag: text.pipe(z.string().regex(/^[\w.-]+$/, 'must be of letters, digits, "_", "." and "-"')),
  title: text.optional(),
  required: z.boolean().default(false),
})

const webhooks = z.strictObject({
  unlink: z
    .strictObject({ url: webUrl, method: z.enum(['GET', 'POST']).default('POST') })
    .optional(),
  account_status: z
    .strictObject({
      url: webUrl,
      /** Which events are sent as they happen: last segment or whole URI. */
      events: z.array(text.transform(toEventType)).default(() => SENT_UNASKED.map(toEventType)),
    })
    .optional(),
})

/** An app in the Kakao console. */
export const appSchema = z.strictObject({
  app_id: z.int('must be a whole number').positive('must be positive').optional(),
  name: text.optional(),
  rest_api_keys: z.array(restApiKey).min(1, 'must hold at least one key'),
  native_app_keys: z.array(appKey).default([]),
  javascript_keys: z.array(appKey).default([]),
  admin_keys: z.array(adminKey).default([]),
  /** [Kakao Login > General]: off answers KOE004. */
  login_enabled: z.boolean().default(true),
  openid_connect: z.boolean().default(true),
  consent_items: z.array(consentItem).default([]),
  /** Terms of Kakao Sync; an app without any has no Kakao Sync. */
  service_terms: z.array(serviceTerm).default([]),
  /** [Kakao Login > Advanced > User properties]: the keys of `properties`. */
  user_properties: z.array(text).default([]),
  /** Off: a login only pre-registers, until `/v1/user/signup` links. */
  automatic_linking: z.boolean().default(true),
  webhooks: webhooks.default({}),
  admits_under_14: z.boolean().default(true),
  /** Kakao has blocked the app: kapi answers -12, authorize `unauthorized_client`. */
  blocked: z.boolean().default(false),
  /** Present: a test app, which only these people may enter (others: KOE005). */
  test_members: z.array(kakaoId).optional(),
  /** Takes any redirect URI on `http://localhost` and `http://127.0.0.1`, as the demo app does. */
  any_loopback_redirect_uri: z.boolean().default(false),
})
