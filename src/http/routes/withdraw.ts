import type { Context } from 'hono'
import { ProblemError } from '../../errors.ts'
import type { Transact } from '../../events/index.ts'
import type { Session, SignedIn } from '../../sessions/index.ts'
import { type Departure, type WithdrawDeps, withdraw } from '../../withdrawal/index.ts'
import type { AttemptCookies } from '../attempt-cookies.ts'
import type { Callers } from '../callers.ts'
import type { AppEnv } from '../env.ts'
import { PATHS } from '../paths.ts'
import type { RecentLogin } from '../recent-login.ts'
import type { Route } from '../route.ts'
import { checkSameOrigin } from '../same-origin.ts'
import type { SessionCookie } from '../session-cookie.ts'
import type { TalkCookie } from '../talk-cookie.ts'

export interface WithdrawRouteDeps {
  readonly transact: Transact
  readonly withdrawal: WithdrawDeps
  readonly callers: Callers
  readonly recentLogin: RecentLogin
  readonly sessionCookie: SessionCookie
  readonly attempts: AttemptCookies
  readonly talkCookie: TalkCookie
}

/** `DELETE /me/`: the user leaves for good. */
export function withdrawRoute(deps: WithdrawRouteDeps): Route {
  return {
    method: 'delete',
    path: PATHS.me,

    async handle(context) {
      checkSameOrigin(context)
      const signedIn = await deps.callers.get(context)
      await checkRecent(deps, context, signedIn.session)

      const { withdrawnAt, rejoinAt, retained } = await leave(deps, context, signedIn)

      return context.json({ withdrawn_at: withdrawnAt, rejoin_at: rejoinAt, retained })
    },
  }
}

/** @throws {ProblemError} `recent_login_required` */
async function checkRecent(
  { recentLogin, transact }: WithdrawRouteDeps,
  context: Context<AppEnv>,
  session: Session,
): Promise<void> {
  const refusal = recentLogin.findRefusal(session, PATHS.home)
  if (refusal === undefined) return
  const { id: sessionId, userId } = session
  const { code } = refusal
  await transact(context.get('circumstances'), async (unit) =>
    unit.note({ action: 'withdrawal.refused', userId, sessionId, result: 'refused', code }),
  )
  throw refusal
}

/** @throws {ProblemError} `not_signed_in`: they left a moment ago. */
async function leave(
  { transact, withdrawal, sessionCookie, attempts, talkCookie }: WithdrawRouteDeps,
  context: Context<AppEnv>,
  { user }: SignedIn,
): Promise<Departure> {
  const request = { by: 'member', reason: 'requested', unlinkAtKakao: true } as const
  const departure = await transact(
    context.get('circumstances'),
    async (unit) => await withdraw(withdrawal, unit, { userId: user.id, ...request }),
  )
  sessionCookie.clear(context)
  attempts.clear(context)
  talkCookie.holdBack(context)
  if (departure === undefined) throw new ProblemError('not_signed_in')
  return departure
}
