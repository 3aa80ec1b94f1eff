import { ProblemError } from '../../errors.ts'
import { isSessionId, type Sessions } from '../../sessions/index.ts'
import type { Callers } from '../callers.ts'
import { PATHS } from '../paths.ts'
import type { Route } from '../route.ts'
import { checkSameOrigin } from '../same-origin.ts'
import { toSessionView } from '../views.ts'

export interface MySessionsDeps {
  readonly sessions: Sessions
  readonly callers: Callers
}

/** `GET /me/sessions/`: where the user is signed in. */
export function mySessionsRoute({ sessions, callers }: MySessionsDeps): Route {
  return {
    method: 'get',
    path: PATHS.mySessions,

    async handle(context) {
      const { session, user } = await callers.get(context)
      const all = await sessions.list(user.id)

      return context.json({
        sessions: all.map((one) => toSessionView(one, { current: one.id === session.id })),
      })
    },
  }
}

/** `DELETE /me/sessions/{id}/`: signs the user out there. */
export function endMySessionRoute({ sessions, callers }: MySessionsDeps): Route {
  return {
    method: 'delete',
    path: `${PATHS.mySessions}:id/`,

    async handle(context) {
      checkSameOrigin(context)
      const { user } = await callers.get(context)
      const id = context.req.param('id') ?? ''

      const ending = { reason: 'revoked', circumstances: context.get('circumstances') } as const
      const ended = isSessionId(id) ? await sessions.end({ id, userId: user.id }, ending) : 0
      if (ended === 0) throw new ProblemError('not_found')
      return context.body(null, 204)
    },
  }
}
