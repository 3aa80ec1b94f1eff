import { createHash } from 'node:crypto'
import type { KakaoConfig } from '../config/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import type { KakaoClient } from '../kakao/index.ts'
import type { Delivery, LoginAttempt } from './attempt.ts'
import type { KakaoParameters } from './kakao-parameters.ts'

export interface StartLoginDeps {
  readonly kakao: KakaoClient
  readonly config: KakaoConfig
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

export interface LoginRequest extends KakaoParameters {
  readonly delivery: Delivery
  /** Already checked. */
  readonly next: string | undefined
}

export interface StartedLogin {
  readonly authorizeUrl: string
  readonly attempt: LoginAttempt
}

/** Begins a login: what the browser keeps, and where it goes. */
export function startLogin(deps: StartLoginDeps, request: LoginRequest): StartedLogin {
  const { kakao, config } = deps
  const attempt = createAttempt(deps, request)
  const scopes = toScopes(request.scopes.length > 0 ? request.scopes : config.scopes, config)

  const authorizeUrl = kakao.authorizeUrl({
    redirectUri: attempt.redirectUri,
    state: attempt.state,
    nonce: attempt.nonce,
    ...(attempt.codeVerifier !== undefined && {
      codeChallenge: toCodeChallenge(attempt.codeVerifier),
    }),
    ...(scopes.length > 0 && { scopes }),
    ...(request.prompt.length > 0 && { prompt: request.prompt }),
    ...(request.loginHint !== undefined && { loginHint: request.loginHint }),
    ...(request.serviceTerms.length > 0 && { serviceTerms: request.serviceTerms }),
  })
  return { authorizeUrl, attempt }
}

function createAttempt(
  { config, now, randomBytes }: StartLoginDeps,
  { delivery, next, prompt }: LoginRequest,
): LoginAttempt {
  const random = () => encodeBase64url(randomBytes(32))
  return {
    state: random(),
    nonce: random(),
    ...(config.pkce && { codeVerifier: random() }),
    sessionSecret: random(),
    redirectUri: config.redirectUris[0],
    delivery,
    ...(next !== undefined && { next }),
    silent: prompt.includes('none'),
    startedAt: now().getTime(),
  }
}

/** With any `scope`, Kakao issues an ID token only where `openid` is among them. */
function toScopes(scopes: readonly string[], { openIdConnect }: KakaoConfig): readonly string[] {
  if (scopes.length === 0 || !openIdConnect || scopes.includes('openid')) return scopes
  return ['openid', ...scopes]
}

/** RFC 7636, section 4.2. */
function toCodeChallenge(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url')
}
