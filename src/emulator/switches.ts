/**
 * What Kakao does where nobody outside could confirm it, each with the default that hides least from
 * whoever tests against the emulator. When a fact becomes known, only its default changes.
 */
export interface Switches {
  /** How long an authorization code can be redeemed. Commonly said to be ten minutes. */
  readonly codeTtlSeconds: number
  /** HTTP status of the page that shows a KOE code. */
  readonly errorPageStatus: number
  /** HTTP status of KOE101 (unknown app key) at the token endpoint: 400 has been seen too. */
  readonly unknownKeyStatus: number
  /** HTTP status of KOE237 (too many tokens): 429 has been seen too. */
  readonly tooManyTokensStatus: number
  /** Kakao's documented limits on token issuing; off by default with `auto`. */
  readonly tokenLimits: boolean
  /** The KOE code of `invalid_grant` when the PKCE verifier is missing or wrong. */
  readonly pkceFailureCode: string
  /** Whether `code_challenge_method=plain` is taken. Discovery advertises S256 only. */
  readonly plainChallenge: boolean
  /** Whether a `prompt` value of no known meaning is passed over; else KOE204. */
  readonly unknownPromptIgnored: boolean
  /** Whether a refresh token dies as soon as its successor is issued. */
  readonly renewalEndsOldRefreshToken: boolean
  /** Whether the ID token of a refresh repeats the nonce of the login. */
  readonly nonceAfterRefresh: boolean
  /** The `typ` header of ID tokens. */
  readonly idTokenType: string
  /** `WWW-Authenticate` of a failed token call that answers 401; empty for none. */
  readonly tokenChallenge: string
  /** `error_description` of `login_required`. */
  readonly loginRequiredText: string
  /** `error_description` of `interaction_required`. */
  readonly interactionRequiredText: string
  /** Letter case of `gender` in userinfo: the table says `female`, the sample `FEMALE`. */
  readonly userinfoGender: 'lower' | 'upper'
  /** Whether `/v2/user/me` still fills the deprecated `properties.nickname` and its kin. */
  readonly deprecatedProperties: boolean
  /** Whether deprecated fields such as `total_count` and `expiresInMillis` are still told. */
  readonly deprecatedFields: boolean
  /** Shape of `/v2/app/users`: the samples show a bare list, the table an object. */
  readonly usersShape: 'array' | 'object'
  /** How often an app may call `/v1/user/ids` in a minute. Documented; declared changeable. */
  readonly userIdsPerMinute: number
  /** What shipping addresses answer without consent: -402, or the flag that asks for it. */
  readonly shippingWithoutConsent: 'error' | 'flag'
  /** `revocable` of a service term not agreed to: the table says no, the sample yes. */
  readonly unagreedTermsRevocable: boolean
  /** Whether `/oauth/logout` asks which logout is meant, where somebody is signed in. */
  readonly logoutPage: boolean
  /** Whether a logout with the Kakao Account ends the app's tokens too. */
  readonly accountLogoutEndsTokens: boolean
  /** Whether `/.well-known/sse-configuration` is still there. */
  readonly sseConfiguration: boolean
  /** How the unlink webhook is sent as POST. */
  readonly unlinkWebhookBody: 'form' | 'json'
  /** Whether an unlink by the app itself is told to its account-status webhook. */
  readonly ownUnlinkSendsEvent: boolean
  /** `aud` of the account-status webhook. */
  readonly eventAudience: 'rest_api_key' | 'app_id'
  /** The claim of the account-status webhook that holds the transaction id. */
  readonly eventTransactionClaim: 'txm' | 'txn'
  /** Whether the account-status webhook has an `app_id` claim. */
  readonly eventAppId: boolean
  /** Seconds of real time before each further attempt at an account-status webhook. */
  readonly eventRetrySeconds: readonly number[]
}

export const DEFAULT_SWITCHES: Switches = {
  codeTtlSeconds: 600,
  errorPageStatus: 400,
  unknownKeyStatus: 401,
  tooManyTokensStatus: 400,
  tokenLimits: true,
  pkceFailureCode: 'KOE320',
  plainChallenge: false,
  unknownPromptIgnored: false,
  renewalEndsOldRefreshToken: true,
  nonceAfterRefresh: false,
  idTokenType: 'JWT',
  tokenChallenge: '',
  loginRequiredText: 'user login required.',
  interactionRequiredText: 'user interaction required.',
  userinfoGender: 'lower',
  deprecatedProperties: true,
  deprecatedFields: false,
  usersShape: 'array',
  userIdsPerMinute: 100,
  shippingWithoutConsent: 'error',
  unagreedTermsRevocable: false,
  logoutPage: true,
  accountLogoutEndsTokens: false,
  sseConfiguration: true,
  unlinkWebhookBody: 'form',
  ownUnlinkSendsEvent: true,
  eventAudience: 'rest_api_key',
  eventTransactionClaim: 'txm',
  eventAppId: false,
  eventRetrySeconds: [],
}
