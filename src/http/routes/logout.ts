import type { Context } from 'hono'
import type { KakaoClient } from '../../kakao/index.ts'
import {
  checkNext,
  type LogoutDeps,
  type LogoutState,
  logout,
  type NextRules,
} from '../../login/index.ts'
import type { AttemptCookies } from '../attempt-cookies.ts'
import { type Callers, readBearer } from '../callers.ts'
import { isBrowser } from '../is-browser.ts'
import { PATHS } from '../paths.ts'
import { type Body, readBody, readChoice, readText } from '../read-body.ts'
import type { Route } from '../route.ts'
import { checkSameOrigin } from '../same-origin.ts'
import type { SessionCookie } from '../session-cookie.ts'
import type { TalkCookie } from '../talk-cookie.ts'

export interface LogoutRouteDeps {
  readonly kakao: KakaoClient
  readonly logoutRedirectUri: string
  readonly logoutState: LogoutState
  readonly logout: LogoutDeps
  readonly callers: Callers
  readonly sessionCookie: SessionCookie
  readonly talkCookie: TalkCookie
  readonly attempts: AttemptCookies
  readonly nextRules: NextRules
}

/** `POST /logout/`: ends this session, or all of the user's; where asked, at Kakao too. */
export function logoutRoute(deps: LogoutRouteDeps): Route {
  const { callers } = deps
  return {
    method: 'post',
    path: PATHS.logout,

    async handle(context) {
      checkSameOrigin(context)
      const body = await readBody(context)
      const { everywhere, kakao, next } = readLogout(body, deps.nextRules)

      const signedIn = await callers.find(context)
      const endKakaoTokens = kakao !== 'none'
      const ended =
        signedIn === undefined
          ? 0
          : await logout(deps.logout, {
              session: signedIn.session,
              everywhere,
              endKakaoTokens,
              circumstances: context.get('circumstances'),
            })
      if (readBearer(context) === undefined) forgetBrowser(deps, context)

      const kakaoUrl = kakao === 'account' ? toKakaoLogoutUrl(deps, next) : undefined
      return body.isForm && isBrowser(context)
        ? context.redirect(kakaoUrl ?? next, 303)
        : context.json({ sessions_ended: ended, ...(kakaoUrl && { kakao_logout_url: kakaoUrl }) })
    },
  }
}

/** A cookie beside a bearer token is another session's, which has not ended. */
function forgetBrowser({ sessionCookie, attempts, talkCookie }: LogoutRouteDeps, context: Context) {
  sessionCookie.clear(context)
  attempts.clear(context)
  talkCookie.holdBack(context)
}

function readLogout(body: Body, nextRules: NextRules) {
  return {
    everywhere: readChoice(body, 'everywhere', ['true', 'false']) === 'true',
    kakao: readChoice(body, 'kakao', ['none', 'token', 'account']) ?? 'none',
    next: checkNext(readText(body, 'next') ?? PATHS.home, nextRules),
  }
}

function toKakaoLogoutUrl(
  { kakao, logoutRedirectUri, logoutState }: LogoutRouteDeps,
  next: string,
): string {
  return kakao.logoutUrl({ logoutRedirectUri, state: logoutState.seal(next) })
}
