import type { Config } from '../config/index.ts'
import { ProblemError } from '../errors.ts'
import type { Session } from '../sessions/index.ts'
import { toLoginPath } from './paths.ts'

export interface RecentLogin {
  /**
   * What can hardly be undone takes a sign-in of a moment ago: whoever finds a device open cannot do
   * it. A refresh of tokens is no sign-in.
   *
   * @param next Where to go on after signing in once more.
   * @returns `recent_login_required`, to throw; `undefined` where the sign-in is recent.
   */
  findRefusal(session: Session, next: string): ProblemError | undefined
  /** @throws {ProblemError} `recent_login_required`, as `findRefusal` finds it. */
  check(session: Session, next: string): void
}

export function createRecentLogin(
  { publicUrl, withdrawal }: Pick<Config, 'publicUrl' | 'withdrawal'>,
  now: () => Date,
): RecentLogin {
  function findRefusal(
    { createdAt, isNoLongerRecent }: Session,
    next: string,
  ): ProblemError | undefined {
    const ageMs = now().getTime() - createdAt.getTime()
    if (ageMs <= withdrawal.recentLoginMs && !isNoLongerRecent) return undefined
    const login_url = `${publicUrl}${toLoginPath(next)}&prompt=login`
    return new ProblemError('recent_login_required', { fields: { login_url } })
  }

  return {
    findRefusal,

    check(session, next) {
      const refusal = findRefusal(session, next)
      if (refusal !== undefined) throw refusal
    },
  }
}
