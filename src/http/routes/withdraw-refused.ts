import { ProblemError } from '../../errors.ts'
import type { Transact } from '../../events/index.ts'
import type { WithdrawalTickets } from '../../login/index.ts'
import { type WithdrawDeps, withdraw } from '../../withdrawal/index.ts'
import type { AttemptCookies } from '../attempt-cookies.ts'
import { PATHS } from '../paths.ts'
import { readFormBody, readText } from '../read-body.ts'
import type { Route } from '../route.ts'
import { checkSameOrigin } from '../same-origin.ts'
import type { TalkCookie } from '../talk-cookie.ts'

export interface WithdrawRefusedDeps {
  readonly transact: Transact
  readonly withdrawal: WithdrawDeps
  readonly tickets: WithdrawalTickets
  readonly attempts: AttemptCookies
  readonly talkCookie: TalkCookie
}

/**
 * `POST /me/withdraw/`: the form on the page of a member who was not let in, and would rather leave
 * than agree. They have no session; the ticket says who they are.
 */
export function withdrawRefusedRoute(deps: WithdrawRefusedDeps): Route {
  const { transact, withdrawal, tickets, attempts, talkCookie } = deps
  return {
    method: 'post',
    path: PATHS.withdraw,

    async handle(context) {
      checkSameOrigin(context)
      const ticket = readText(await readFormBody(context), 'ticket') ?? ''
      const userId = tickets.open(ticket)
      if (userId === undefined) throw new ProblemError('recent_login_required')

      const request = { by: 'member', reason: 'requested', unlinkAtKakao: true } as const
      await transact(
        context.get('circumstances'),
        async (unit) => await withdraw(withdrawal, unit, { userId, ...request }),
      )

      attempts.clear(context)
      talkCookie.holdBack(context)
      return context.redirect(`${PATHS.home}?notice=withdrawn`, 303)
    },
  }
}
