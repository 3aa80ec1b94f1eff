import { hash } from 'node:crypto'
import type { KakaoConfig } from '../config/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import type { KakaoClient } from '../kakao/index.ts'
import type { AppRequest, AskingMember, Delivery, LoginAttempt } from './attempt.ts'
import type { KakaoParameters } from './kakao-parameters.ts'
import { checkNext, type NextRules } from './next.ts'

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

/**
 * Answers with JSON, or where `next` is given with a redirect there.
 *
 * @throws {ProblemError} `next_not_allowed`
 */
export function toDelivery(
  next: string | undefined,
  rules: NextRules,
): Pick<LoginRequest, 'delivery' | 'next'> {
  return next === undefined
    ? { delivery: 'json' }
    : { delivery: 'cookie', next: checkNext(next, rules) }
}

export interface StartedLogin {
  readonly authorizeUrl: string
  readonly attempt: LoginAttempt
}

/** Begins a login: what the browser or the page app keeps, and where to send the visitor. */
export function startLogin(deps: StartLoginDeps, request: LoginRequest): StartedLogin {
  const attempt = createAttempt(deps, request)
  return { authorizeUrl: toAuthorizeUrl(deps, attempt, request.kakao), attempt }
}

/** Begins a login once more, with the same parameters. */
export function startLoginAgain(deps: StartLoginDeps, former: LoginAttempt): StartedLogin {
  const attempt = { ...former, ...createSecrets(deps) }
  return { authorizeUrl: toAuthorizeUrl(deps, attempt, { ...NONE, ...former.kakao }), attempt }
}

type Secrets = Pick<LoginAttempt, 'state' | 'codeVerifier' | 'sessionSecret' | 'startedAt'> & {
  readonly nonce: string
}

function toAuthorizeUrl(
  { kakao, config }: StartLoginDeps,
  { redirectUri, state, nonce, codeVerifier }: Secrets & Pick<LoginAttempt, 'redirectUri'>,
  { prompt, scopes: asked, loginHint, serviceTerms }: KakaoParameters,
): string {
  const scopes = toScopes(asked.length > 0 ? asked : config.scopes, config)
  return kakao.authorizeUrl({
    redirectUri,
    state,
    nonce,
    ...(codeVerifier !== undefined && { codeChallenge: toCodeChallenge(codeVerifier) }),
    ...(scopes.length > 0 && { scopes }),
    ...(prompt.length > 0 && { prompt }),
    ...(loginHint !== undefined && { loginHint }),
    ...(serviceTerms.length > 0 && { serviceTerms }),
  })
}

function createAttempt(
  deps: StartLoginDeps,
  { delivery, next, app, member, redirectUri = deps.config.redirectUris[0], kakao }: LoginRequest,
): LoginAttempt & Secrets {
  return {
    ...createSecrets(deps),
    redirectUri,
    delivery,
    ...(next !== undefined && { next }),
    ...(app !== undefined && { app }),
    ...(member !== undefined && { member }),
    silent: kakao.prompt.includes('none'),
    ...toKept(kakao),
  }
}

function createSecrets({ config, now, randomBytes }: StartLoginDeps): Secrets {
  const random = () => encodeBase64url(randomBytes(32))
  return {
    state: random(),
    nonce: random(),
    ...(config.pkce && { codeVerifier: random() }),
    sessionSecret: random(),
    startedAt: now().getTime(),
  }
}

const NONE: KakaoParameters = { prompt: [], scopes: [], serviceTerms: [], loginHint: undefined }
/** The attempt's cookie has to hold it beside a long `next`. */
const LONGEST_KEPT = 600

/** Longer ones are not kept: Kakao then asks for what the console says. */
function toKept(kakao: KakaoParameters): Pick<LoginAttempt, 'kakao'> {
  const given = Object.entries(kakao).filter(([, value]) => value !== undefined && value.length > 0)
  const isWorthIt = given.length > 0 && JSON.stringify(given).length <= LONGEST_KEPT
  return isWorthIt ? { kakao: Object.fromEntries(given) } : {}
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
  return hash('sha256', codeVerifier, 'base64url')
}
