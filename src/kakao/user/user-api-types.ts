import type { CallOptions } from '../client-types.ts'
import type {
  KakaoAgreedServiceTerms,
  KakaoRevokedServiceTerms,
  KakaoScopes,
  KakaoServiceTerms,
  KakaoServiceTermsQuery,
} from '../consent/consent-types.ts'
import type {
  KakaoAccessTokenInfo,
  KakaoShippingAddresses,
  KakaoShippingAddressQuery,
  KakaoUserId,
  KakaoUserInfo,
} from './account-types.ts'
import type { KakaoUser } from './user-types.ts'

/**
 * Calls about one person, which their own access token and the admin key both allow.
 *
 * Each throws {@link KapiError} when Kakao said no, and {@link KakaoUnavailableError} when there
 * was no usable answer. Of the codes, `-401` is a token or key that no longer works, `-101` a
 * person not linked to the app, `-402` a consent item that the call needs.
 */
export interface KakaoPersonApi {
  /**
   * Reads the person's account as far as they agreed. Only `id` is certain to be there.
   *
   * @param options.propertyKeys Restricts the answer, such as `kakao_account.email`.
   * @see [Kakao: retrieve user information](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#req-user-info)
   */
  getMe(options?: CallOptions & { readonly propertyKeys?: readonly string[] }): Promise<KakaoUser>

  /**
   * Ends tokens: with an access token that one and its refresh token, with the admin key all of the
   * person's. The Kakao Account stays signed in. Never repeated.
   *
   * @see [Kakao: logout](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#logout)
   */
  logout(call?: CallOptions): Promise<KakaoUserId>

  /**
   * Unlinks the person from the app: consent, user properties and all tokens are gone. Kakao sends
   * no unlink webhook for it. `-101` means that it is already done. Never repeated.
   *
   * @see [Kakao: unlink](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#unlink)
   */
  unlink(call?: CallOptions): Promise<KakaoUserId>

  /**
   * Reads the person's shipping addresses. Needs the consent item `shipping_address`, else `-402`.
   *
   * @see [Kakao: retrieve shipping address](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#shipping-address)
   */
  getShippingAddresses(options?: KakaoShippingAddressQuery): Promise<KakaoShippingAddresses>

  /**
   * Reads which consent items the person agreed to.
   *
   * @param options.scopes Those alone; an unknown one is `-2`.
   * @see [Kakao: retrieve consent details](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#check-consent)
   */
  getScopes(options?: CallOptions & { readonly scopes?: readonly string[] }): Promise<KakaoScopes>

  /**
   * Takes back consent to items, and tells how they stand now. `-3` means that an item is required
   * and stays. Never repeated.
   *
   * @see [Kakao: revoke consent](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#revoke-consent)
   */
  revokeScopes(scopes: readonly string[], call?: CallOptions): Promise<KakaoScopes>

  /**
   * Reads the person's service terms. `-3` where the app has no Kakao Sync.
   *
   * @see [Kakao: retrieve service terms](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#check-terms)
   */
  getServiceTerms(options?: KakaoServiceTermsQuery): Promise<KakaoServiceTerms>

  /**
   * Takes back consent to service terms. Never repeated.
   *
   * @see [Kakao: revoke service terms](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#revoke-terms)
   */
  revokeServiceTerms(tags: readonly string[], call?: CallOptions): Promise<KakaoRevokedServiceTerms>

  /**
   * Records consent to service terms that the person gave elsewhere; Kakao shows no page. Never
   * repeated.
   *
   * @see [Kakao: upgrade service terms](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#upgrade-terms)
   */
  upgradeServiceTerms(tags: readonly string[], call?: CallOptions): Promise<KakaoAgreedServiceTerms>
}

/** Calls made with a person's own access token. */
export interface KakaoUserApi extends KakaoPersonApi {
  readonly by: 'access_token'

  /**
   * Reads what OpenID Connect tells of the person; the app needs OpenID Connect switched on.
   *
   * @see [OpenID Connect Core, 5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo)
   */
  getUserInfo(call?: CallOptions): Promise<KakaoUserInfo>

  /**
   * Reads whom and which app the token belongs to, and how long it lasts. `-401` when it no longer
   * works, `-2` when it is malformed; `-1` says nothing about it.
   *
   * @see [Kakao: retrieve token information](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#get-token-info)
   */
  getAccessTokenInfo(call?: CallOptions): Promise<KakaoAccessTokenInfo>

  /**
   * Links the person to an app whose automatic linking is off. `-102` when already linked. Never
   * repeated.
   *
   * @param options.properties User properties to set, registered in the console.
   * @see [Kakao: manual sign-up](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#signup)
   */
  signup(
    options?: CallOptions & { readonly properties?: { readonly [key: string]: string } },
  ): Promise<KakaoUserId>

  /**
   * Sets user properties. `-201` for a key that is not registered in the console.
   *
   * @see [Kakao: store user properties](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#store-user-info)
   */
  updateProfile(
    properties: { readonly [key: string]: string },
    call?: CallOptions,
  ): Promise<KakaoUserId>
}
