import { ProblemError } from '../../errors.ts'
import type { LogoutState } from '../../login/index.ts'
import { PATHS } from '../paths.ts'
import { readQuery } from '../query.ts'
import type { Route } from '../route.ts'

/** `GET /oauth/kakao/logout/callback/`: Kakao returns the browser here after its own log-out. */
export function logoutCallbackRoute({ logoutState }: { logoutState: LogoutState }): Route {
  return {
    method: 'get',
    path: PATHS.logoutCallback,

    handle(context) {
      const { state } = readQuery(context.req.url, ['state'])
      const next = state === undefined ? undefined : logoutState.open(state)
      if (next === undefined) throw new ProblemError('state_invalid')

      return context.redirect(next, 303)
    },
  }
}
