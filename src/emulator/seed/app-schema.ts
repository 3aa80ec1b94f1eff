import { z } from 'zod'
import { consentItemId, kakaoId, text } from './values.ts'

const appKey = text
const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })

const restApiKey = z.strictObject({
  key: appKey,
  /** Absent: the client secret is switched off for this key. */
  client_secret: text.optional(),
  redirect_uris: z.array(webUrl).default([]),
  logout_redirect_uris: z.array(webUrl).default([]),
})

const consentItem = z.strictObject({
  id: consentItemId,
  level: z.enum(['required', 'optional', 'during_use']).default('optional'),
})

const serviceTerm = z.strictObject({ tag: text, required: z.boolean().default(false) })

const webhooks = z.strictObject({
  unlink: z
    .strictObject({ url: webUrl, method: z.enum(['GET', 'POST']).default('POST') })
    .optional(),
  account_status: z.strictObject({ url: webUrl }).optional(),
})

/** An app in the Kakao console. */
export const appSchema = z.strictObject({
  app_id: z.int('must be a whole number').positive('must be positive').optional(),
  name: text.optional(),
  rest_api_keys: z.array(restApiKey).min(1, 'must hold at least one key'),
  native_app_keys: z.array(appKey).default([]),
  javascript_keys: z.array(appKey).default([]),
  admin_keys: z.array(appKey).default([]),
  /** [Kakao Login > General]: off answers KOE004. */
  login_enabled: z.boolean().default(true),
  openid_connect: z.boolean().default(true),
  consent_items: z.array(consentItem).default([]),
  service_terms: z.array(serviceTerm).default([]),
  webhooks: webhooks.default({}),
  admits_under_14: z.boolean().default(true),
  /** Present: a test app, which only these people may enter (others: KOE005). */
  test_members: z.array(kakaoId).optional(),
  /** Takes any redirect URI on `http://localhost` and `http://127.0.0.1`, as the demo app does. */
  any_loopback_redirect_uri: z.boolean().default(false),
})
