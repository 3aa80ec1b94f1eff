import { createHash } from 'node:crypto'
import type { KakaoConfig } from '../config/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import type { KakaoClient } from '../kakao/index.ts'
import type { AppRequest, AskingMember, Delivery, LoginAttempt } from './attempt.ts'
import type { KakaoParameters } from './kakao-parameters.ts'

export interface StartLoginDeps {
  readonly kakao: KakaoClient
  readonly config: KakaoConfig
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

export interface LoginRequest {
  readonly delivery: Delivery
  /** Already checked. */
  readonly next?: string
  readonly app?: AppRequest
  readonly member?: AskingMember
  /** One of ours; our own callback where none is given. */
  readonly redirectUri?: string
  readonly kakao: KakaoParameters
}

export interface StartedLogin {
  readonly authorizeUrl: string
  readonly attempt: LoginAttempt
}

/** Begins a login: what the browser or the page app keeps, and where to send the visitor. */
export function startLogin(deps: StartLoginDeps, request: LoginRequest): StartedLogin {
  const { kakao, config } = deps
  const { prompt, scopes: asked, loginHint, serviceTerms } = request.kakao
  const attempt = createAttempt(deps, request)
  const { redirectUri, state, nonce, codeVerifier } = attempt
  const scopes = toScopes(asked.length > 0 ? asked : config.scopes, config)

  const authorizeUrl = kakao.authorizeUrl({
    redirectUri,
    state,
    nonce,
    ...(codeVerifier !== undefined && { codeChallenge: toCodeChallenge(codeVerifier) }),
    ...(scopes.length > 0 && { scopes }),
    ...(prompt.length > 0 && { prompt }),
    ...(loginHint !== undefined && { loginHint }),
    ...(serviceTerms.length > 0 && { serviceTerms }),
  })
  return { authorizeUrl, attempt }
}

function createAttempt(
  { config, now, randomBytes }: StartLoginDeps,
  { delivery, next, app, member, redirectUri = config.redirectUris[0], kakao }: LoginRequest,
): LoginAttempt & { nonce: string } {
  const random = () => encodeBase64url(randomBytes(32))
  return {
    state: random(),
    nonce: random(),
    ...(config.pkce && { codeVerifier: random() }),
    sessionSecret: random(),
    redirectUri,
    delivery,
    ...(next !== undefined && { next }),
    ...(app !== undefined && { app }),
    ...(member !== undefined && { member }),
    silent: kakao.prompt.includes('none'),
    startedAt: now().getTime(),
  }
}

/**
 * The attempt of a page app that began the login by itself: nothing binds the code to anybody, and
 * neither nonce nor PKCE can be checked.
 */
export function createUnboundAttempt(
  { now, randomBytes }: Pick<StartLoginDeps, 'now' | 'randomBytes'>,
  redirectUri: string,
): LoginAttempt {
  const random = () => encodeBase64url(randomBytes(32))
  return {
    state: random(),
    sessionSecret: random(),
    redirectUri,
    delivery: 'relay',
    silent: false,
    startedAt: now().getTime(),
  }
}

/** With any `scope`, Kakao issues an ID token only where `openid` is among them. */
function toScopes(scopes: readonly string[], { openIdConnect }: KakaoConfig): readonly string[] {
  const items = scopes.filter((scope) => scope !== 'openid')
  return openIdConnect && scopes.length > 0 ? ['openid', ...items] : items
}

/** RFC 7636, section 4.2. */
function toCodeChallenge(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url')
}
