import type { Config } from '../config/index.ts'
import type { CallOptions, KakaoClient, KakaoPersonApi } from '../kakao/index.ts'

/** Finds Kakao's tokens that are kept. */
export interface LiveTokens {
  /** @returns A live access token of that identity, if one is kept. */
  findLive(kakaoId: string, call?: CallOptions): Promise<string | undefined>
}

export interface PersonAccessDeps {
  readonly kakao: KakaoClient
  readonly config: Pick<Config, 'kakao'>
  readonly keptTokens: LiveTokens
}

/** A way to ask Kakao about a person who is not there. */
export type PersonAccess = KakaoPersonApi & { readonly by: 'admin_key' | 'access_token' }

/**
 * Finds a way to ask Kakao about a person: the admin key, a token kept, or the one given.
 *
 * @returns `undefined`: there is none before they log in again.
 * @throws {KakaoError} A kept token had to be renewed, and Kakao could not be asked.
 */
export async function findPersonAccess(
  { kakao, config, keptTokens }: PersonAccessDeps,
  { kakaoId, accessToken }: { readonly kakaoId: string; readonly accessToken?: string },
  call?: CallOptions,
): Promise<PersonAccess | undefined> {
  const [adminKey] = config.kakao.adminKeys
  if (adminKey !== undefined) return kakao.asAdmin(adminKey).user(kakaoId)
  const token = (await keptTokens.findLive(kakaoId, call)) ?? accessToken
  return token === undefined ? undefined : kakao.asUser(token)
}
