import type { KakaoAuthorizeRequest } from './authorize-url.ts'
import type { KakaoDiscovery } from './discovery.ts'
import type { KakaoIdToken, KakaoIdTokenExpectation } from './id-token-types.ts'
import type { KakaoKeySet } from './key-set-types.ts'
import type { KakaoCodeGrant, KakaoTokens } from './tokens.ts'
import type { KakaoUser } from './user-types.ts'

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
  /** Deadline of a single call, reading its answer included. Default 5000. */
  readonly timeoutMs?: number
  /** Told of failures that no caller waits for, such as a refresh of the key set. Must not throw. */
  readonly onError?: (error: Error) => void
}

/** What every call to Kakao takes beside its own parameters. */
export interface CallOptions {
  /** Joins the deadline of the call; whichever comes first ends it. */
  readonly signal?: AbortSignal
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
   * A code works once. It is never sent twice from here; after any failure the login starts again.
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

  /** The calls that one person's access token allows. */
  asUser(accessToken: string): KakaoUserApi

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
}

/** Calls made with a person's own access token. */
export interface KakaoUserApi {
  /**
   * Reads the person's account as far as they agreed. Only `id` is certain to be there.
   *
   * @param options.propertyKeys Restricts the answer, such as `kakao_account.email`.
   * @throws {KapiError} Kakao said no; `-401` when the token no longer works.
   * @throws {KakaoUnavailableError} No usable answer.
   * @see [Kakao: retrieve user information](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#req-user-info)
   */
  getMe(options?: CallOptions & { readonly propertyKeys?: readonly string[] }): Promise<KakaoUser>
}
