import { createAdminApi } from './admin/admin-api.ts'
import type { KakaoClient, KakaoClientOptions } from './client-types.ts'
import { type KakaoContext, toContext } from './context.ts'
import { verifyIdToken } from './id-token/id-token.ts'
import { createKeySet } from './id-token/key-set.ts'
import { fetchKeys } from './id-token/key-set-fetch.ts'
import type { KakaoKeySet } from './id-token/key-set-types.ts'
import { toAuthorizeUrl } from './kauth/authorize-url.ts'
import { getDiscovery } from './kauth/discovery.ts'
import { toLogoutUrl } from './kauth/logout-url.ts'
import { getTokenInfo } from './kauth/token-info.ts'
import { exchangeCode, refreshTokens } from './kauth/tokens.ts'
import { createUserApi } from './user/user-api.ts'
import { verifyAccountStatusWebhook } from './webhooks/account-status.ts'

/** Creates a client of Kakao's REST API for one app. No call is made before it is asked for. */
export function createKakaoClient(options: KakaoClientOptions): KakaoClient {
  const context = toContext(options)
  const { now, timeoutMs, onError } = context
  const keys = createKeySet({ fetchKeys: () => fetchKeys(context), now, timeoutMs, onError })
  return createLane(context, keys)
}

function createLane(context: KakaoContext, keys: KakaoKeySet): KakaoClient {
  const { guards } = context

  return {
    keys,
    inLane: (lane) => createLane({ ...context, lane }, keys),
    get breakers() {
      return { kauth: guards.kauth.state, kapi: guards.kapi.state }
    },
    checkBreaker: (host) => guards[host].check(),
    authorizeUrl: (request) => toAuthorizeUrl(context, request),
    logoutUrl: (request) => toLogoutUrl(context, request),
    exchangeCode: (grant, call) => exchangeCode(context, grant, call),
    refreshTokens: (refreshToken, call) => refreshTokens(context, refreshToken, call),
    asUser: (accessToken) => createUserApi(context, accessToken),
    asAdmin: (adminKey) => createAdminApi(context, adminKey),
    getDiscovery: (call) => getDiscovery(context, call),
    verifyIdToken: (token, expected, call) => verifyIdToken(context, keys, token, expected, call),
    getTokenInfo: (idToken, call) => getTokenInfo(context, idToken, call),
    verifyAccountStatusWebhook: (token, expected, call) =>
      verifyAccountStatusWebhook({ context, keys }, token, expected, call),
  }
}
