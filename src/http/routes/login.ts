import { ProblemError } from '../../errors.ts'
import {
  checkNext,
  type LoginRequest,
  type NextRules,
  readKakaoParameters,
  type StartLoginDeps,
  startLogin,
} from '../../login/index.ts'
import { type AppQuery, readAppRequest } from '../app-request.ts'
import type { AttemptCookies } from '../attempt-cookies.ts'
import { PATHS } from '../paths.ts'
import { readQuery } from '../query.ts'
import type { Route } from '../route.ts'

export interface LoginRouteDeps {
  readonly start: StartLoginDeps
  readonly attempts: AttemptCookies
  readonly nextRules: NextRules
  readonly appCallbackUrls: readonly string[]
}

const PARAMETERS = [
  'next',
  'delivery',
  'code_challenge',
  'code_challenge_method',
  'state',
  'prompt',
  'scope',
  'login_hint',
  'service_terms',
] as const

/** `GET /oauth/kakao/login/`: sends the visitor to Kakao. */
export function loginRoute(deps: LoginRouteDeps): Route {
  return {
    method: 'get',
    path: PATHS.login,
    hasEffects: true,
    limit: 'login',

    handle(context) {
      const query = readQuery(context.req.url, PARAMETERS)
      const request = { ...readDelivery(query, deps), kakao: readKakaoParameters(query) }

      const { authorizeUrl, attempt } = startLogin(deps.start, request)

      deps.attempts.keep(context, attempt)
      return context.redirect(authorizeUrl, 302)
    },
  }
}

function readDelivery(
  query: AppQuery & { readonly delivery?: string },
  { nextRules, appCallbackUrls }: LoginRouteDeps,
): Omit<LoginRequest, 'kakao'> {
  const { next } = query
  const { delivery = next === undefined ? 'json' : 'cookie' } = query
  if (delivery === 'code') return { delivery, ...readAppRequest(query, appCallbackUrls) }
  if (delivery !== 'json' && delivery !== 'cookie') {
    throw new ProblemError('parameter_invalid', { detail: 'The parameter delivery is not valid.' })
  }
  return { delivery, ...(next !== undefined && { next: checkNext(next, nextRules) }) }
}
