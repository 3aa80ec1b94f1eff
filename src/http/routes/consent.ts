import type { Db } from '../../db/index.ts'
import { ProblemError } from '../../errors.ts'
import {
  type LoginRequest,
  type NextRules,
  readKakaoParameters,
  type StartLoginDeps,
  startLogin,
  toDelivery,
} from '../../login/index.ts'
import type { AttemptCookies } from '../attempt-cookies.ts'
import type { Callers } from '../callers.ts'
import { getKakaoIdOf } from '../kakao-id-of.ts'
import { PATHS } from '../paths.ts'
import { readQuery } from '../query.ts'
import type { Route } from '../route.ts'

export interface ConsentRouteDeps {
  readonly db: Db
  readonly start: StartLoginDeps
  readonly callers: Callers
  readonly attempts: AttemptCookies
  readonly nextRules: NextRules
}

/** `GET /oauth/kakao/consent/`: asks a member, at Kakao, for further consent items. */
export function consentRoute(deps: ConsentRouteDeps): Route {
  const { db, start, callers, attempts, nextRules } = deps
  return {
    method: 'get',
    path: PATHS.consent,
    hasEffects: true,
    limit: 'login',

    async handle(context) {
      const query = readQuery(context.req.url, ['scope', 'next'])
      const signedIn = await callers.getCounted(context)
      const { id: sessionId, userId } = signedIn.session
      const kakaoId = await getKakaoIdOf(db, signedIn)
      const member = { sessionId, userId, kakaoId, wants: 'consent' } as const
      const request = { ...readRequest(query, nextRules), member }

      const { authorizeUrl, attempt } = startLogin(start, request)

      attempts.keep(context, attempt)
      return context.redirect(authorizeUrl, 302)
    },
  }
}

function readRequest(
  { scope, next }: { readonly scope?: string; readonly next?: string },
  nextRules: NextRules,
): LoginRequest {
  const kakao = readKakaoParameters({ scope })
  if (kakao.scopes.every((item) => item === 'openid')) {
    throw new ProblemError('parameter_invalid', { detail: 'The parameter scope names no item.' })
  }
  return { ...toDelivery(next, nextRules), kakao }
}
