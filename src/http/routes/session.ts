import type { Callers } from '../callers.ts'
import { PATHS } from '../paths.ts'
import type { Route } from '../route.ts'
import { toSessionView, toUserView } from '../views.ts'

/** `GET /session/`: who am I, by cookie or by access token. */
export function sessionRoute({ callers }: { callers: Callers }): Route {
  return {
    method: 'get',
    path: PATHS.session,

    async handle(context) {
      const { user, session } = await callers.get(context)

      return context.json({
        user: toUserView(user),
        session: toSessionView(session, { current: true }),
      })
    },
  }
}
