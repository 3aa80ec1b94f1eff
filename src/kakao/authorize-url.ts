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
}

/**
 * Scopes and prompts are joined with spaces, as RFC 6749 and Kakao's own SDKs have it; Kakao reads
 * commas too, other servers do not. Service terms are Kakao's own and take commas only.
 */
export function toAuthorizeUrl(
  app: { readonly restApiKey: string; readonly kauthUrl: string },
  request: KakaoAuthorizeRequest,
): string {
  const { codeChallenge } = request
  const query = new URLSearchParams({
    client_id: app.restApiKey,
    redirect_uri: request.redirectUri,
    response_type: 'code',
  })
  appendText(query, 'state', request.state)
  appendText(query, 'nonce', request.nonce)
  appendText(query, 'code_challenge', codeChallenge)
  appendText(query, 'code_challenge_method', codeChallenge && 'S256')
  appendText(query, 'scope', request.scopes?.join(' '))
  appendText(query, 'prompt', request.prompt?.join(' '))
  appendText(query, 'login_hint', request.loginHint)
  appendText(query, 'service_terms', request.serviceTerms?.join(','))

  // A plus sign means a space in forms only; in a query `%20` is read alike everywhere.
  return `${app.kauthUrl}/oauth/authorize?${query.toString().replaceAll('+', '%20')}`
}

function appendText(query: URLSearchParams, name: string, value: string | undefined): void {
  if (value !== undefined && value !== '') query.append(name, value)
}
