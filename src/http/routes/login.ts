import { ProblemError } from '../../errors.ts'
import {
  checkNext,
  type Delivery,
  type NextRules,
  readKakaoParameters,
  type StartLoginDeps,
  startLogin,
} from '../../login/index.ts'
import type { AttemptCookies } from '../attempt-cookies.ts'
import { PATHS } from '../paths.ts'
import { readQuery } from '../query.ts'
import type { Route } from '../route.ts'

export interface LoginRouteDeps {
  readonly start: StartLoginDeps
  readonly attempts: AttemptCookies
  readonly nextRules: NextRules
}

const PARAMETERS = ['next', 'delivery', 'prompt', 'scope', 'login_hint', 'service_terms'] as const

/** `GET /oauth/kakao/login/`: sends the visitor to Kakao. */
export function loginRoute({ start, attempts, nextRules }: LoginRouteDeps): Route {
  return {
    method: 'get',
    path: PATHS.login,

    handle(context) {
      const query = readQuery(context.req.url, PARAMETERS)
      const delivery = readDelivery(query)
      const next = query.next === undefined ? undefined : checkNext(query.next, nextRules)
      const kakaoParameters = readKakaoParameters(query)

      const { authorizeUrl, attempt } = startLogin(start, { ...kakaoParameters, delivery, next })

      attempts.keep(context, attempt)
      context.header('cache-control', 'no-store')
      return context.redirect(authorizeUrl, 302)
    },
  }
}

function readDelivery(query: { delivery?: string; next?: string }): Delivery {
  const { delivery = query.next === undefined ? 'json' : 'cookie' } = query
  if (delivery === 'json' || delivery === 'cookie') return delivery
  throw new ProblemError('parameter_invalid', { detail: 'The parameter delivery is not valid.' })
}
