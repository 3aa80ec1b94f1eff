import { ProblemError } from '../../errors.ts'
import type { Sessions } from '../../sessions/index.ts'
import { PATHS } from '../paths.ts'
import type { Route } from '../route.ts'
import type { SessionCookie } from '../session-cookie.ts'
import { toSessionView, toUserView } from '../views.ts'

export interface SessionRouteDeps {
  readonly sessions: Sessions
  readonly sessionCookie: SessionCookie
}

/** `GET /session/`: who am I. */
export function sessionRoute({ sessions, sessionCookie }: SessionRouteDeps): Route {
  return {
    method: 'get',
    path: PATHS.session,

    async handle(context) {
      const token = sessionCookie.read(context)
      const signedIn = token === undefined ? undefined : await sessions.find(token)
      if (signedIn === undefined) throw new ProblemError('not_signed_in')

      context.header('cache-control', 'no-store')
      return context.json({
        user: toUserView(signedIn.user),
        session: toSessionView(signedIn.session, { current: true }),
      })
    },
  }
}
