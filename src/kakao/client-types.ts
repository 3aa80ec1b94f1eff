import type { VerifySignature } from '../jose/index.ts'
import type { KakaoAdminApi } from './admin/admin-api-types.ts'
import type { KakaoRequestReport } from './call/outcome.ts'
import type { KakaoBreakerState, KakaoHost, KakaoLane } from './guard/guard-types.ts'
import type {
  KakaoIdToken,
  KakaoIdTokenExpectation,
  KakaoTokenInfo,
} from './id-token/id-token-types.ts'
import type { KakaoKeySet } from './id-token/key-set-types.ts'
import type { KakaoAuthorizeRequest } from './kauth/authorize-url.ts'
import type { KakaoDiscovery } from './kauth/discovery.ts'
import type { KakaoLogoutRequest } from './kauth/logout-url.ts'
import type { KakaoCodeGrant, KakaoRefreshedTokens, KakaoTokens } from './kauth/token-types.ts'
import type { KakaoUserApi } from './user/user-api-types.ts'
import type {
  KakaoAccountStatus,
  KakaoAccountStatusExpectation,
} from './webhooks/account-status-types.ts'

export interface KakaoClientOptions {
  readonly restApiKey: string
  /** Needed where the console has the key's client secret switched on; new keys have it on. */
  readonly clientSecret?: string
  /** Default `https://kauth.kakao.com`; also the issuer that tokens must name. */
  readonly kauthUrl?: string
  /** Default `https://kapi.kakao.com` */
  readonly kapiUrl?: string
  /** Called with a URL as text and an init, never with a `Request`. */
  readonly fetch?: typeof fetch
  readonly now?: () => Date
  /** Milliseconds since any instant, by a clock that nobody sets. Default `performance.now`. */
  readonly tick?: () => number
  /** From 0 up to 1; spreads the waits before a call is repeated. Default `Math.random`. */
  readonly random?: () => number
  readonly sleep?: (ms: number) => Promise<void>
  /** Deadline of a call, its repetitions and the reading of the answer included. Default 5000. */
  readonly timeoutMs?: number
  /** How signatures of tokens are checked. Default: Web Cryptography. */
  readonly verifySignature?: VerifySignature
  /** Told of failures that no caller waits for, such as a refresh of the key set. Must not throw. */
  readonly onError?: (error: Error) => void
  /** Told of every request when it is over, repetitions singly. Must not throw. */
  readonly onRequest?: (report: KakaoRequestReport) => void
  /** How many calls of visitors there may be at once at each host; see `KakaoLane`. Default 100. */
  readonly maxCalls?: number
  /** Told when a host is left alone for a while, and when it is called again. Must not throw. */
  readonly onBreaker?: (change: KakaoBreakerChange) => void
}

export interface KakaoBreakerChange {
  readonly host: KakaoHost
  readonly state: 'open' | 'closed'
}

/** What every call to Kakao takes beside its own parameters. */
export interface CallOptions {
  /** Joins the deadline of the call; whichever comes first ends it. */
  readonly signal?: AbortSignal
  /** Deadline of this call instead of the client's. */
  readonly timeoutMs?: number
  /**
   * How often the call may be made again after a failure of Kakao's that passes (`-1`, `-7`, 502 to
   * 504, a connection that broke before an answer), and no sooner than Kakao asks for. Default 2;
   * 0 where somebody waits. Calls that are not safe to repeat are made again only where no
   * connection came about, and so nothing was sent: `KAKAO_ENDPOINTS` tells which.
   */
  readonly retries?: number
}

export interface KakaoClient {
  /**
   * The address to send the browser to.
   *
   * @see [Kakao: request authorization code](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#request-code)
   * @see [RFC 6749, 4.1.1](https://www.rfc-editor.org/rfc/rfc6749.html#section-4.1.1)
   * @see [RFC 7636, 4.3](https://www.rfc-editor.org/rfc/rfc7636.html#section-4.3)
   */
  authorizeUrl(request: KakaoAuthorizeRequest): string

  /**
   * Exchanges the authorization code from Kakao's redirect for tokens.
   *
   * A code works once. It is never sent twice from here; after any failure the login starts again,
   * unless the error's `wasSent` says that nothing was.
   *
   * @param grant.code The `code` query parameter, exactly as received.
   * @param grant.redirectUri The same URI that the authorization request carried.
   * @throws {KauthError} Kakao said no; `kakaoCode` and `fault` say why.
   * @throws {TokenMissingError} Kakao's answer held neither an access token nor an error.
   * @throws {KakaoUnavailableError} No usable answer.
   * @see [Kakao: request token](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#request-token)
   * @see [RFC 6749, 4.1.3](https://www.rfc-editor.org/rfc/rfc6749.html#section-4.1.3)
   */
  exchangeCode(grant: KakaoCodeGrant, call?: CallOptions): Promise<KakaoTokens>

  /**
   * Gets new tokens for a refresh token. Never repeated: what became of the old one would be unknown.
   *
   * @throws {KauthError} Kakao said no; with `KOE322` the person has to log in again.
   * @throws {TokenMissingError} Kakao's answer held neither an access token nor an error.
   * @throws {KakaoUnavailableError} No usable answer.
   * @see [Kakao: refresh token](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#refresh-token)
   * @see [RFC 6749, section 6](https://www.rfc-editor.org/rfc/rfc6749.html#section-6)
   */
  refreshTokens(refreshToken: string, call?: CallOptions): Promise<KakaoRefreshedTokens>

  /**
   * The address to send the browser to, so that it leaves the Kakao Account as well. Kakao learns
   * nothing of our own session and ends no tokens: do both beside it.
   *
   * @see [Kakao: logout with Kakao Account](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#logout-of-service-and-kakaoaccount)
   */
  logoutUrl(request: KakaoLogoutRequest): string

  /** The calls that one person's access token allows. */
  asUser(accessToken: string): KakaoUserApi

  /** The calls that an admin key of the app allows. */
  asAdmin(adminKey: string): KakaoAdminApi

  /**
   * Reads Kakao's OpenID Connect metadata. Nothing here depends on it; it is a cheap sign of life.
   *
   * @throws {KakaoUnavailableError} No usable answer, or one that names another issuer.
   * @see [OpenID Connect Discovery, 4](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig)
   */
  getDiscovery(call?: CallOptions): Promise<KakaoDiscovery>

  /** Kakao's signing keys, kept between calls. */
  readonly keys: KakaoKeySet

  /**
   * Checks an ID token with Kakao's published keys. Calls Kakao only where a key is missing.
   *
   * @throws {IdTokenError} The token must not be trusted; `code` says why.
   * @throws {KakaoUnavailableError} The keys could not be had.
   * @see [OpenID Connect Core, 3.1.3.7](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation)
   */
  verifyIdToken(
    idToken: string,
    expected: KakaoIdTokenExpectation,
    call?: CallOptions,
  ): Promise<KakaoIdToken>

  /** The same client, keys and breakers included, whose calls are made for somebody else. */
  inLane(lane: KakaoLane): KakaoClient

  /** Whether each host is called, or left alone because it failed. */
  readonly breakers: Readonly<Record<KakaoHost, KakaoBreakerState>>

  /**
   * Calls nothing: tells beforehand whether a host would be called, as before a code is spent that
   * would be lost without it. While one call tries whether the host is back, no other is made.
   *
   * @throws {KakaoUnavailableError} `breaker_open`; `retryAfterMs` says for how long.
   */
  checkBreaker(host: KakaoHost): void

  /**
   * Asks Kakao what an ID token holds. For debugging only: Kakao forbids it as a check and may block
   * who asks often. {@link verifyIdToken} is the check.
   *
   * @throws {KauthError} Kakao said no; `KOE400`: the token is not valid.
   * @throws {KakaoUnavailableError} No usable answer.
   * @see [Kakao: retrieve ID token information](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#oidc-get-id-token-info)
   */
  getTokenInfo(idToken: string, call?: CallOptions): Promise<KakaoTokenInfo>

  /**
   * Checks an account-status webhook with Kakao's published keys, and reads what happened. Whether
   * its `id` has come before is the caller's to know.
   *
   * @param token The body of the request: a security event token.
   * @throws {AccountStatusWebhookError} It must not be believed; `code` is the `err` to answer.
   * @throws {KakaoUnavailableError} The keys could not be had, so nobody knows: let Kakao try again.
   * @see [RFC 8417, section 2](https://www.rfc-editor.org/rfc/rfc8417.html#section-2)
   * @see [RFC 8935, section 2](https://www.rfc-editor.org/rfc/rfc8935.html#section-2)
   */
  verifyAccountStatusWebhook(
    token: string,
    expected?: KakaoAccountStatusExpectation,
    call?: CallOptions,
  ): Promise<KakaoAccountStatus>
}
