/** A typed client of Kakao's REST API. Knows nothing of our users; needs only Web standards. */
export type { KakaoAuthorizeRequest } from './authorize-url.ts'
export { createKakaoClient } from './client.ts'
export type { CallOptions, KakaoClient, KakaoClientOptions, KakaoUserApi } from './client-types.ts'
export type { KakaoCodeEntry, KakaoText } from './codes/entry.ts'
export { explainKakaoCode, KAKAO_CODES } from './codes.ts'
export type { KakaoDiscovery } from './discovery.ts'
export {
  IdTokenError,
  type IdTokenErrorCode,
  KakaoError,
  type KakaoFault,
  KakaoUnavailableError,
  KapiError,
  KauthError,
  TokenMissingError,
  type UnavailableReason,
} from './errors.ts'
export type { KakaoIdToken, KakaoIdTokenExpectation } from './id-token-types.ts'
export type { KakaoKeySet, KakaoVerifyKey } from './key-set-types.ts'
export type { KakaoCodeGrant, KakaoTokens } from './tokens.ts'
export type {
  KakaoAccount,
  KakaoBirthday,
  KakaoCi,
  KakaoEmail,
  KakaoItem,
  KakaoNickname,
  KakaoProfileImage,
  KakaoUser,
} from './user-types.ts'
