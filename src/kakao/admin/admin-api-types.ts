import type { CallOptions } from '../client-types.ts'
import type { KakaoPersonApi } from '../user/user-api-types.ts'
import type { KakaoUser } from '../user/user-types.ts'

/** Calls made with the app's admin key. `-3`: the key is not allowed to make this one. */
export interface KakaoAdminApi {
  /** The calls about one person. */
  user(id: string): KakaoAdminUserApi

  /**
   * Reads several people at once: ids and times, and with `propertyKeys` what they name. The order
   * is Kakao's, and who is not linked to the app is missing.
   *
   * @param ids At most 100, with `propertyKeys` at most 20. None: nothing is asked.
   * @throws {KapiError} Kakao said no.
   * @throws {KakaoUnavailableError} No usable answer.
   * @see [Kakao: retrieve multiple users](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#req-user-info-list)
   */
  listUsers(
    ids: readonly string[],
    options?: CallOptions & { readonly propertyKeys?: readonly string[] },
  ): Promise<readonly KakaoUser[]>

  /**
   * Reads one page of the ids of everyone linked to the app. Kakao allows 100 pages a minute, then
   * answers `-10`.
   *
   * @throws {KapiError} Kakao said no.
   * @throws {KakaoUnavailableError} No usable answer.
   * @see [Kakao: retrieve user list](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#user-ids)
   */
  listUserIds(options?: KakaoUserIdsQuery): Promise<KakaoUserIds>

  /**
   * Reads the ids of everyone linked to the app, page by page, each id once. After a failure it can
   * go on from the last id had, with `fromId` (that id comes again).
   *
   * @param options A deadline holds for each page; a signal ends the whole.
   * @throws As {@link listUserIds}, in the middle of the way too.
   */
  allUserIds(options?: Omit<KakaoUserIdsQuery, 'limit'>): AsyncGenerator<string, void, undefined>
}

/** Calls about one person, made with the app's admin key. */
export interface KakaoAdminUserApi extends KakaoPersonApi {
  readonly by: 'admin_key'
}

export interface KakaoUserIdsQuery extends CallOptions {
  /** 1 to 100, which is also Kakao's default. */
  readonly limit?: number
  /** The first id of the page. */
  readonly fromId?: string
  /** Kakao's default: `asc`. */
  readonly order?: 'asc' | 'desc'
}

export interface KakaoUserIds {
  readonly ids: readonly string[]
  /** `fromId` of the page after this one; absent on the last. Its first id may be this one's last. */
  readonly nextFromId?: string
  /** `fromId` of the page before this one, where Kakao says that there is one. */
  readonly previousFromId?: string
}
