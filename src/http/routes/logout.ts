import { checkNext, type NextRules } from '../../login/index.ts'
import type { Sessions } from '../../sessions/index.ts'
import type { AttemptCookies } from '../attempt-cookies.ts'
import { isBrowser } from '../is-browser.ts'
import { PATHS } from '../paths.ts'
import { readBody, readChoice, readText } from '../read-body.ts'
import type { Route } from '../route.ts'
import type { SessionCookie } from '../session-cookie.ts'

export interface LogoutRouteDeps {
  readonly sessions: Sessions
  readonly sessionCookie: SessionCookie
  readonly attempts: AttemptCookies
  readonly nextRules: NextRules
}

/** `POST /logout/`: ends this session, or all of the user's. */
export function logoutRoute(deps: LogoutRouteDeps): Route {
  const { sessions, sessionCookie, attempts, nextRules } = deps
  return {
    method: 'post',
    path: PATHS.logout,

    async handle(context) {
      const body = await readBody(context)
      const everywhere = readChoice(body, 'everywhere', ['true', 'false']) === 'true'
      readChoice(body, 'kakao', ['none'])
      const next = checkNext(readText(body, 'next') ?? PATHS.home, nextRules)

      const token = sessionCookie.read(context)
      const ended = token === undefined ? 0 : await end(sessions, token, everywhere)

      sessionCookie.clear(context)
      attempts.clear(context)
      context.header('cache-control', 'no-store')
      return body.isForm && isBrowser(context)
        ? context.redirect(next, 303)
        : context.json({ sessions_ended: ended })
    },
  }
}

async function end(sessions: Sessions, token: string, everywhere: boolean): Promise<number> {
  return everywhere ? await sessions.endEverywhere(token) : await sessions.end(token)
}
