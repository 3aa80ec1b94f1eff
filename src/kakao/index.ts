/** A typed client of Kakao's REST API. Knows nothing of our users; needs only Web standards. */
export type {
  KakaoAdminApi,
  KakaoAdminUserApi,
  KakaoUserIds,
  KakaoUserIdsQuery,
} from './admin/admin-api-types.ts'
export type { KakaoOutcome, KakaoRequestReport } from './call/outcome.ts'
export { createKakaoClient } from './client.ts'
export type {
  CallOptions,
  KakaoBreakerChange,
  KakaoClient,
  KakaoClientOptions,
} from './client-types.ts'
export type { KakaoCodeAnswer } from './codes/answers.ts'
export type { KakaoCodeEntry, KakaoText } from './codes/entry.ts'
export { formatKakaoCode, type KakaoCodeLanguage } from './codes/format-code.ts'
export { explainKakaoCode, KAKAO_CODES } from './codes.ts'
export type {
  KakaoAgreedServiceTerm,
  KakaoAgreedServiceTerms,
  KakaoRevokedServiceTerm,
  KakaoRevokedServiceTerms,
  KakaoScope,
  KakaoScopes,
  KakaoServiceTerm,
  KakaoServiceTerms,
  KakaoServiceTermsQuery,
} from './consent/consent-types.ts'
export type { KakaoEndpoint, KakaoParameter, ParameterEncoding } from './endpoints/endpoint.ts'
export {
  KAKAO_ENDPOINTS,
  KAKAO_ERRORS,
  KAKAO_WEBHOOKS,
  type KakaoClientCall,
  type KakaoEndpointEntry,
  type KakaoErrorEntry,
  type KakaoField,
  type KakaoWebhookEntry,
} from './endpoints.ts'
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
export type { KakaoBreakerState, KakaoHost, KakaoLane } from './guard/guard-types.ts'
export type {
  KakaoIdToken,
  KakaoIdTokenExpectation,
  KakaoTokenInfo,
} from './id-token/id-token-types.ts'
export type { KakaoKeySet, KakaoVerifyKey } from './id-token/key-set-types.ts'
export type { KakaoAuthorizeRequest } from './kauth/authorize-url.ts'
export type { KakaoDiscovery } from './kauth/discovery.ts'
export type { KakaoLogoutRequest } from './kauth/logout-url.ts'
export type { KakaoCodeGrant, KakaoRefreshedTokens, KakaoTokens } from './kauth/token-types.ts'
export type {
  KakaoAccessTokenInfo,
  KakaoShippingAddress,
  KakaoShippingAddresses,
  KakaoShippingAddressQuery,
  KakaoUserId,
  KakaoUserInfo,
} from './user/account-types.ts'
export type { KakaoPersonApi, KakaoUserApi } from './user/user-api-types.ts'
export type {
  KakaoAccount,
  KakaoBirthday,
  KakaoCi,
  KakaoEmail,
  KakaoItem,
  KakaoNickname,
  KakaoProfileImage,
  KakaoUser,
} from './user/user-types.ts'
export type {
  KakaoAccountEvent,
  KakaoAccountStatus,
  KakaoAccountStatusExpectation,
} from './webhooks/account-status-types.ts'
export {
  KAKAO_EVENT_TYPES,
  type KakaoEventType,
  type KakaoEventTypeName,
} from './webhooks/event-types.ts'
export {
  type KakaoUnlinkWebhook,
  type KakaoUnlinkWebhookExpectation,
  readUnlinkWebhook,
} from './webhooks/unlink-webhook.ts'
export {
  AccountStatusWebhookError,
  type AccountStatusWebhookErrorCode,
  UnlinkWebhookError,
  type UnlinkWebhookErrorCode,
} from './webhooks/webhook-errors.ts'
