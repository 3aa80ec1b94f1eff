import { toParameters, toQuery } from '../call/parameters.ts'
import { toUrl } from '../call/to-request.ts'
import type { KakaoContext } from '../context.ts'
import { KAUTH_ENDPOINTS } from '../endpoints/kauth-endpoints.ts'

/** What the browser carries to Kakao to log out of the Kakao Account too. */
export interface KakaoLogoutRequest {
  /** Registered in the console, letter for letter. */
  readonly logoutRedirectUri: string
  /** Comes back with the browser. */
  readonly state?: string
}

export function toLogoutUrl(
  app: Pick<KakaoContext, 'restApiKey' | 'kauthUrl' | 'kapiUrl'>,
  { logoutRedirectUri, state }: KakaoLogoutRequest,
): string {
  const endpoint = KAUTH_ENDPOINTS.accountLogout
  const parameters = toParameters(endpoint, {
    client_id: app.restApiKey,
    logout_redirect_uri: logoutRedirectUri,
    state,
  })
  return toUrl(app, endpoint) + toQuery(parameters)
}
