import type { Callers } from '../callers.ts'
import type { Leaving } from '../leaving.ts'
import { PATHS } from '../paths.ts'
import type { Route } from '../route.ts'
import { checkSameOrigin } from '../same-origin.ts'

export interface WithdrawRouteDeps {
  readonly callers: Callers
  readonly leaving: Leaving
}

/** `DELETE /me/`: the user leaves for good. */
export function withdrawRoute({ callers, leaving }: WithdrawRouteDeps): Route {
  return {
    method: 'delete',
    path: PATHS.me,

    async handle(context) {
      checkSameOrigin(context)
      const { session, user } = await callers.getCounted(context)
      await leaving.checkRecent(context, session)

      const { withdrawnAt, rejoinAt, retained } = await leaving.leave(context, user.id)

      return context.json({ withdrawn_at: withdrawnAt, rejoin_at: rejoinAt, retained })
    },
  }
}
