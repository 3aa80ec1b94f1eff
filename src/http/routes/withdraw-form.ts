import type { Context } from 'hono'
import { ProblemError } from '../../errors.ts'
import type { WithdrawalTickets } from '../../login/index.ts'
import { pickLanguage, withdrawalPage } from '../../pages/index.ts'
import type { Prospect } from '../../withdrawal/index.ts'
import type { Callers } from '../callers.ts'
import type { AppEnv } from '../env.ts'
import { htmlResponse } from '../html-response.ts'
import type { Leaving } from '../leaving.ts'
import { PATHS } from '../paths.ts'
import { readFormBody, readText } from '../read-body.ts'
import type { RecentLogin } from '../recent-login.ts'
import type { Route } from '../route.ts'
import { checkSameOrigin } from '../same-origin.ts'

export interface WithdrawFormDeps {
  readonly callers: Callers
  readonly leaving: Leaving
  readonly recentLogin: RecentLogin
  readonly tickets: WithdrawalTickets
  /** What a withdrawal would come to now. */
  readonly foresee: () => Prospect
}

/** `GET /me/withdraw/`: what a withdrawal means, and the button for it. */
export function withdrawPageRoute({ callers, recentLogin, foresee }: WithdrawFormDeps): Route {
  return {
    method: 'get',
    path: PATHS.withdraw,

    async handle(context) {
      context.set('next', PATHS.withdraw)
      const { session } = await callers.get(context)
      // Told before they have decided rather than after.
      recentLogin.check(session, PATHS.withdraw)

      const page = withdrawalPage({
        language: pickLanguage(context.req.header('accept-language')),
        action: PATHS.withdraw,
        homeUrl: PATHS.home,
        ...foresee(),
      })
      return await htmlResponse(context, page)
    },
  }
}

/** `POST /me/withdraw/`: as `DELETE /me/`, for a page's form. */
export function withdrawFormRoute(deps: WithdrawFormDeps): Route {
  return {
    method: 'post',
    path: PATHS.withdraw,

    async handle(context) {
      checkSameOrigin(context)
      const ticket = readText(await readFormBody(context), 'ticket')
      const userId =
        ticket === undefined ? await getRecent(deps, context) : openTicket(deps, ticket)

      await deps.leaving.leave(context, userId)

      return context.redirect(`${PATHS.home}?notice=withdrawn`, 303)
    },
  }
}

async function getRecent(
  { callers, leaving }: WithdrawFormDeps,
  context: Context<AppEnv>,
): Promise<string> {
  context.set('next', PATHS.withdraw)
  const { session } = await callers.getCounted(context)
  await leaving.checkRecent(context, session)
  return session.userId
}

/** A member who was not let in, and would rather leave than agree, has no session. */
function openTicket({ tickets }: WithdrawFormDeps, ticket: string): string {
  const userId = tickets.open(ticket)
  if (userId === undefined) throw new ProblemError('recent_login_required')
  return userId
}
