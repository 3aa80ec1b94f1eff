import type { Context } from 'hono'
import { ProblemError } from '../errors.ts'
import type { Transact } from '../events/index.ts'
import type { Session } from '../sessions/index.ts'
import { type Departure, type WithdrawDeps, withdraw } from '../withdrawal/index.ts'
import type { AttemptCookies } from './attempt-cookies.ts'
import type { AppEnv } from './env.ts'
import { PATHS } from './paths.ts'
import type { RecentLogin } from './recent-login.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { TalkCookie } from './talk-cookie.ts'

/** The way out, however it is asked for. */
export interface Leaving {
  /**
   * Lets only a recent sign-in leave; the audit log tells of others that tried.
   *
   * @throws {ProblemError} `recent_login_required`
   */
  checkRecent(context: Context<AppEnv>, session: Session): Promise<void>
  /**
   * Ends a user who wants to leave, and clears the browser's cookies.
   *
   * @throws {ProblemError} `not_signed_in`: they left a moment ago.
   */
  leave(context: Context<AppEnv>, userId: string): Promise<Departure>
}

export interface LeavingDeps {
  readonly transact: Transact
  readonly withdrawal: WithdrawDeps
  readonly recentLogin: RecentLogin
  readonly sessionCookie: SessionCookie
  readonly attempts: AttemptCookies
  readonly talkCookie: TalkCookie
}

export function createLeaving(deps: LeavingDeps): Leaving {
  const { transact, withdrawal, recentLogin, sessionCookie, attempts, talkCookie } = deps
  return {
    async checkRecent(context, session) {
      const refusal = recentLogin.findRefusal(session, PATHS.withdraw)
      if (refusal === undefined) return
      const { id: sessionId, userId } = session
      const { code } = refusal
      await transact(context.get('circumstances'), async (unit) =>
        unit.note({ action: 'withdrawal.refused', userId, sessionId, result: 'refused', code }),
      )
      throw refusal
    },

    async leave(context, userId) {
      const request = { by: 'member', reason: 'requested', unlinkAtKakao: true } as const
      const departure = await transact(
        context.get('circumstances'),
        async (unit) => await withdraw(withdrawal, unit, { userId, ...request }),
      )
      sessionCookie.clear(context)
      attempts.clear(context)
      talkCookie.holdBack(context)
      if (departure === undefined) throw new ProblemError('not_signed_in')
      return departure
    },
  }
}
