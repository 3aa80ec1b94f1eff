import type { Context } from 'hono'
import { ProblemError } from '../../errors.ts'
import {
  addToNext,
  type FinishedLogin,
  type FinishLoginDeps,
  finishLogin,
  isTurnedBack,
  type LoginAttempt,
  toRedirectProblem,
} from '../../login/index.ts'
import type { AttemptCookies } from '../attempt-cookies.ts'
import type { AppEnv } from '../env.ts'
import { PATHS } from '../paths.ts'
import { readQuery } from '../query.ts'
import type { Route } from '../route.ts'
import type { SessionCookie } from '../session-cookie.ts'
import { toUserView } from '../views.ts'

export interface LoginCallbackRouteDeps {
  readonly finish: FinishLoginDeps
  readonly attempts: AttemptCookies
  readonly sessionCookie: SessionCookie
}

/** `GET /oauth/kakao/login/callback/`: Kakao returns the browser here with `code` and `state`. */
export function loginCallbackRoute(deps: LoginCallbackRouteDeps): Route {
  const { finish, attempts, sessionCookie } = deps
  return {
    method: 'get',
    path: PATHS.loginCallback,

    async handle(context) {
      const { code, state, error } = readQuery(context.req.url, ['code', 'state', 'error'])
      if (code === undefined && error === undefined) throw new ProblemError('code_missing')

      const attempt = state === undefined ? undefined : attempts.find(context, state)
      if (attempt === undefined) throw new ProblemError('state_invalid')
      if (attempt.next !== undefined) context.set('next', attempt.next)
      context.header('cache-control', 'no-store')

      if (code === undefined || error !== undefined) {
        attempts.finish(context, attempt)
        return answerRefusal(context, attempt, error ?? '')
      }
      const login = await finishLogin(finish, {
        attempt,
        code,
        userAgent: context.req.header('user-agent'),
        previousToken: sessionCookie.read(context),
      })
      attempts.finish(context, attempt)
      sessionCookie.write(context, login.sessionToken)
      return answerLogin(context, attempt, login)
    },
  }
}

function answerLogin(
  context: Context<AppEnv>,
  { delivery, next = PATHS.home }: LoginAttempt,
  login: FinishedLogin,
): Response {
  if (delivery === 'cookie') return context.redirect(next, 303)
  return context.json({
    social_type: 'kakao',
    social_id: login.socialId,
    user_email: login.user.email,
    is_new_user: login.isNewUser,
    user: toUserView(login.user),
  })
}

/** A visitor who turned back goes where they were going, told so; a silent try is not even told. */
function answerRefusal(
  context: Context<AppEnv>,
  { silent, delivery, next = PATHS.home }: LoginAttempt,
  error: string,
): Response {
  const problem = toRedirectProblem(error)
  if (silent && isTurnedBack(error)) return context.redirect(next, 303)
  if (delivery === 'cookie' && problem.code === 'login_cancelled') {
    return context.redirect(addToNext(next, 'error', 'access_denied'), 303)
  }
  throw problem
}
