import type { Db } from '../../db/index.ts'
import {
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
import type { RecentLogin } from '../recent-login.ts'
import type { Route } from '../route.ts'
import { checkNotCrossSite } from '../same-origin.ts'

export interface LinkRouteDeps {
  readonly db: Db
  readonly start: StartLoginDeps
  readonly callers: Callers
  readonly recentLogin: RecentLogin
  readonly attempts: AttemptCookies
  readonly nextRules: NextRules
}

/**
 * `GET /oauth/kakao/link/`: ties another Kakao account to the user. Both sides are proven: this one
 * by a recent sign-in, the other by a login at Kakao that shows its form whoever is signed in there.
 */
export function linkRoute(deps: LinkRouteDeps): Route {
  const { db, start, callers, recentLogin, attempts, nextRules } = deps
  return {
    method: 'get',
    path: PATHS.link,
    hasEffects: true,
    limit: 'login',

    async handle(context) {
      checkNotCrossSite(context)
      const { next } = readQuery(context.req.url, ['next'])
      const signedIn = await callers.getCounted(context)
      recentLogin.check(signedIn.session, PATHS.home)

      const { id: sessionId, userId } = signedIn.session
      const kakaoId = await getKakaoIdOf(db, signedIn)
      const { authorizeUrl, attempt } = startLogin(start, {
        ...toDelivery(next, nextRules),
        member: { sessionId, userId, kakaoId, wants: 'link' },
        kakao: readKakaoParameters({ prompt: 'login' }),
      })

      attempts.keep(context, attempt)
      return context.redirect(authorizeUrl, 302)
    },
  }
}
