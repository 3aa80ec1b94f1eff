import { toAuthorizeUrl } from './authorize-url.ts'
import type { KakaoClient, KakaoClientOptions } from './client-types.ts'
import { toContext } from './context.ts'
import { getDiscovery } from './discovery.ts'
import { verifyIdToken } from './id-token.ts'
import { CachedKeySet } from './key-set.ts'
import { fetchKeys } from './key-set-fetch.ts'
import { exchangeCode } from './tokens.ts'
import { createUserApi } from './user-api.ts'

/** Creates a client of Kakao's REST API for one app. No call is made before it is asked for. */
export function createKakaoClient(options: KakaoClientOptions): KakaoClient {
  const context = toContext(options)
  const { now, onError } = context
  const keys = new CachedKeySet({ fetchKeys: () => fetchKeys(context), now, onError })

  return {
    keys,
    authorizeUrl: (request) => toAuthorizeUrl(context, request),
    exchangeCode: (grant, call) => exchangeCode(context, grant, call),
    asUser: (accessToken) => createUserApi(context, accessToken),
    getDiscovery: (call) => getDiscovery(context, call),
    verifyIdToken: (token, expected, call) => verifyIdToken(context, keys, token, expected, call),
  }
}
