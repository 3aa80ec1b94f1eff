import { z } from 'zod'
import { toProblems } from './seed/problems.ts'
import { SeedError } from './seed/seed-error.ts'
import { koeCode, statusWithBody } from './seed/values.ts'

const seconds = z.int().nonnegative()
/** What may stand in a header. */
const headerText = z.string().regex(/^[\x20-\x7e]*$/, 'must be of printable ASCII characters')

/**
 * What Kakao does where nobody outside could confirm it, each with the default that hides least from
 * whoever tests against the emulator. When a fact becomes known, only its default changes.
 */
export const switchesSchema = z.strictObject({
  /** How long an authorization code can be redeemed. Commonly said to be ten minutes. */
  code_ttl_seconds: seconds,
  /** HTTP status of the page that shows a KOE code. */
  error_page_status: statusWithBody,
  /** HTTP status of KOE101 (unknown app key) at the token endpoint: 400 has been seen too. */
  unknown_key_status: statusWithBody,
  /** HTTP status of KOE237 (too many tokens): 429 has been seen too. */
  too_many_tokens_status: statusWithBody,
  /** Kakao's documented limits on token issuing; off by default with `auto`. */
  token_limits: z.boolean(),
  /** The `error` word beside KOE310 (unknown `grant_type`); RFC 6749 has `unsupported_grant_type`. */
  grant_type_error: z.string(),
  /** The KOE code of `invalid_grant` when the PKCE verifier is missing or wrong. */
  pkce_failure_code: koeCode,
  /** Whether `code_challenge_method=plain` is taken. Discovery advertises S256 only. */
  plain_challenge: z.boolean(),
  /** Whether a `prompt` value of no known meaning is passed over; else KOE204. */
  unknown_prompt_ignored: z.boolean(),
  /** Whether a refresh token dies as soon as its successor is issued. */
  renewal_ends_old_refresh_token: z.boolean(),
  /** Whether the ID token of a refresh repeats the nonce of the login. */
  nonce_after_refresh: z.boolean(),
  /** The `typ` header of ID tokens. */
  id_token_type: headerText,
  /** `WWW-Authenticate` of a token call that fails with 401, which strict clients trip over; empty for none. */
  token_challenge: headerText,
  /** `error_description` of `login_required`. */
  login_required_text: z.string(),
  /** `error_description` of `interaction_required`. */
  interaction_required_text: z.string(),
  /** Letter case of `gender` in userinfo: the table says `female`, the sample `FEMALE`. */
  userinfo_gender: z.enum(['lower', 'upper']),
  /** Whether `kakao_account.birthyear`, `.phone_number` and `.ci` are property keys; else -201. */
  unlisted_property_keys: z.boolean(),
  /** Whether `/v2/user/me` still fills the deprecated `properties.nickname` and its kin. */
  deprecated_properties: z.boolean(),
  /** Whether deprecated fields such as `total_count` and `expiresInMillis` are still told. */
  deprecated_fields: z.boolean(),
  /** Shape of `/v2/app/users`: the samples show a bare list, the table an object. */
  users_shape: z.enum(['array', 'object']),
  /** How often an app may call `/v1/user/ids` in a minute. Documented; declared changeable. */
  user_ids_per_minute: z.int().positive(),
  /** What shipping addresses answer without consent: -402, or the flag that asks for it. */
  shipping_without_consent: z.enum(['error', 'flag']),
  /** `revocable` of a service term not agreed to: the table says no, the sample yes. */
  unagreed_terms_revocable: z.boolean(),
  /** Whether `/oauth/logout` asks one who is signed in which logout is meant. */
  logout_page: z.boolean(),
  /** Whether a logout with the Kakao Account ends the app's tokens too. */
  account_logout_ends_tokens: z.boolean(),
  /** Whether `/.well-known/sse-configuration` is still there. */
  sse_configuration: z.boolean(),
  /** How the unlink webhook is sent as POST. */
  unlink_webhook_body: z.enum(['form', 'json']),
  /** Whether an unlink by the app itself is told to its account-status webhook. */
  own_unlink_sends_event: z.boolean(),
  /** `aud` of the account-status webhook. */
  event_audience: z.enum(['rest_api_key', 'app_id']),
  /** The claim of the account-status webhook that holds the transaction id. */
  event_transaction_claim: z.enum(['txm', 'txn']),
  /** Whether the account-status webhook has an `app_id` claim. */
  event_app_id: z.boolean(),
  /** Seconds of real time before each further attempt at an account-status webhook. */
  event_retry_seconds: z.array(z.number().nonnegative()).max(10).readonly(),
})

export type Switches = Readonly<z.output<typeof switchesSchema>>

const DEFAULTS: Switches = {
  code_ttl_seconds: 600,
  error_page_status: 400,
  unknown_key_status: 401,
  too_many_tokens_status: 400,
  token_limits: true,
  grant_type_error: 'invalid_request',
  pkce_failure_code: 'KOE320',
  plain_challenge: false,
  unknown_prompt_ignored: false,
  renewal_ends_old_refresh_token: true,
  nonce_after_refresh: false,
  id_token_type: 'JWT',
  token_challenge: 'Bearer error=invalid_client',
  login_required_text: 'user login required.',
  interaction_required_text: 'user interaction required.',
  userinfo_gender: 'lower',
  unlisted_property_keys: true,
  deprecated_properties: true,
  deprecated_fields: false,
  users_shape: 'array',
  user_ids_per_minute: 100,
  shipping_without_consent: 'error',
  unagreed_terms_revocable: false,
  logout_page: true,
  account_logout_ends_tokens: false,
  sse_configuration: true,
  unlink_webhook_body: 'form',
  own_unlink_sends_event: true,
  event_audience: 'rest_api_key',
  event_transaction_claim: 'txm',
  event_app_id: false,
  event_retry_seconds: [],
}

type SomeSwitches = { readonly [Name in keyof Switches]?: Switches[Name] | undefined }

/**
 * Every switch: as the last of the parts that set it says, else as usual.
 *
 * @throws {SeedError} One cannot stand so; one line per problem.
 */
export function toSwitches(...parts: readonly SomeSwitches[]): Switches {
  const set = parts.flatMap(Object.entries).filter(([, value]) => value !== undefined)
  const wanted = { ...DEFAULTS, ...Object.fromEntries(set) }
  const result = switchesSchema.safeParse(wanted, { reportInput: true })
  if (result.success) return result.data
  throw new SeedError(toProblems(result.error, 'switches'))
}
