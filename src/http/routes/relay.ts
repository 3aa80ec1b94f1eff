import { ProblemError } from '../../errors.ts'
import {
  type AttemptSealer,
  createTokenGrant,
  createUnboundAttempt,
  type FinishLoginDeps,
  finishLogin,
  type LoginAttempt,
  notingFailure,
  readKakaoParameters,
  type StartLoginDeps,
  startLogin,
} from '../../login/index.ts'
import { deriveSession, describeDevice } from '../../sessions/index.ts'
import type { TokenSets } from '../../tokens/index.ts'
import { PATHS } from '../paths.ts'
import { type Body, readJsonBody, readText } from '../read-body.ts'
import type { Route } from '../route.ts'
import { toLoginView, toTokenView } from '../token-answer.ts'

export interface RelayRouteDeps {
  readonly start: StartLoginDeps
  readonly finish: FinishLoginDeps
  readonly attemptSealer: AttemptSealer
  readonly tokenSets: TokenSets
  readonly attemptTtlMs: number
  readonly repeatMs: number
  readonly allowUnbound: boolean
}

/** `POST /oauth/kakao/login/`: a page app begins a login whose code it will receive itself. */
export function relayStartRoute({ start, attemptSealer, attemptTtlMs }: RelayRouteDeps): Route {
  return {
    method: 'post',
    path: PATHS.login,
    limit: 'login',

    async handle(context) {
      const body = await readJsonBody(context)
      const redirectUri = readRedirectUri(body, start)
      const kakao = readKakaoParameters({
        prompt: readText(body, 'prompt'),
        scope: readText(body, 'scope'),
        login_hint: readText(body, 'login_hint'),
        service_terms: readText(body, 'service_terms'),
      })

      const { authorizeUrl, attempt } = startLogin(start, { delivery: 'relay', redirectUri, kakao })

      return context.json({
        authorize_url: authorizeUrl,
        attempt: attemptSealer.seal(attempt),
        expires_in: Math.floor(attemptTtlMs / 1000),
      })
    },
  }
}

/** `POST /oauth/kakao/login/callback/`: the page app hands over the code and gets tokens. */
export function relayFinishRoute(deps: RelayRouteDeps): Route {
  const { finish, tokenSets, repeatMs } = deps
  return {
    method: 'post',
    path: PATHS.loginCallback,
    limit: 'login',

    async handle(context) {
      const body = await readJsonBody(context)
      const code = readText(body, 'code')
      if (code === undefined) throw new ProblemError('code_missing')
      const circumstances = context.get('circumstances')
      const attempt = await notingFailure(finish, circumstances, () => readAttempt(body, deps))

      const grant = createTokenGrant(
        { tokenSets, keptTokens: finish.keptTokens },
        {
          session: deriveSession(attempt.sessionSecret, code),
          device: describeDevice(context.req.header('user-agent')),
          repeatMs,
        },
      )
      const callback = { attempt, code, circumstances }
      const login = await finishLogin(finish, callback, grant)
      const tokens = await tokenSets.complete(login.given)

      return context.json({ ...toTokenView(tokens), ...toLoginView(login) })
    },
  }
}

function readAttempt(body: Body, deps: RelayRouteDeps): LoginAttempt {
  const sealed = readText(body, 'attempt')
  if (sealed === undefined) return readUnbound(body, deps)

  const attempt = deps.attemptSealer.open(sealed)
  // An attempt of another delivery belongs into a cookie, where no script can get at it.
  if (attempt?.delivery !== 'relay') throw new ProblemError('attempt_invalid')
  if (deps.attemptSealer.isExpired(attempt)) throw new ProblemError('attempt_expired')
  if (readText(body, 'state') !== attempt.state) throw new ProblemError('state_invalid')
  return attempt
}

/** Old page apps begin the login by themselves: whose code it is, nobody can tell. */
function readUnbound(body: Body, { start, allowUnbound }: RelayRouteDeps): LoginAttempt {
  if (!allowUnbound) throw new ProblemError('attempt_missing')
  return createUnboundAttempt(start, readRedirectUri(body, start))
}

function readRedirectUri(body: Body, { config }: StartLoginDeps): string {
  const redirectUri = readText(body, 'redirect_uri') ?? config.redirectUris[0]
  if (!config.redirectUris.includes(redirectUri)) {
    throw new ProblemError('redirect_uri_not_allowed')
  }
  return redirectUri
}
