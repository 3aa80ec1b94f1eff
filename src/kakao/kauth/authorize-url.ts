import { toParameters, toQuery } from '../call/parameters.ts'
import { toUrl } from '../call/to-request.ts'
import type { KakaoContext } from '../context.ts'
import { KAUTH_ENDPOINTS } from '../endpoints/kauth-endpoints.ts'

/** What the browser carries to Kakao (reference: `GET /oauth/authorize`). */
export interface KakaoAuthorizeRequest {
  readonly redirectUri: string
  readonly state?: string
  readonly nonce?: string
  /** SHA-256 of the PKCE verifier, base64url (RFC 7636, method S256). */
  readonly codeChallenge?: string
  /** Consent items to ask for beyond those agreed to; needs `openid` among them to get an ID token. */
  readonly scopes?: readonly string[]
  /** `login`, `none`, `create`, `select_account`. */
  readonly prompt?: readonly string[]
  /** Fills in the login form: an e-mail or a phone number. */
  readonly loginHint?: string
  /** Tags of service terms to show (Kakao Sync). */
  readonly serviceTerms?: readonly string[]
  /** KakaoTalk channels to offer; the app needs a channel linked to it. */
  readonly channelPublicIds?: readonly string[]
}

type App = Pick<KakaoContext, 'restApiKey' | 'kauthUrl' | 'kapiUrl'>

/**
 * Scopes and prompts are joined with spaces, as RFC 6749 and Kakao's own SDKs have it; Kakao reads
 * commas too, other servers do not. Service terms are Kakao's own and take commas only.
 */
export function toAuthorizeUrl(app: App, request: KakaoAuthorizeRequest): string {
  const { codeChallenge } = request
  const endpoint = KAUTH_ENDPOINTS.authorize
  const parameters = toParameters(endpoint, {
    client_id: app.restApiKey,
    redirect_uri: request.redirectUri,
    response_type: 'code',
    state: request.state,
    nonce: request.nonce,
    code_challenge: codeChallenge,
    code_challenge_method: codeChallenge && 'S256',
    scope: request.scopes,
    prompt: request.prompt,
    login_hint: request.loginHint,
    service_terms: request.serviceTerms,
    channel_public_id: request.channelPublicIds,
  })
  return toUrl(app, endpoint) + toQuery(parameters)
}
