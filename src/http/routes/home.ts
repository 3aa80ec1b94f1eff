import type { Context } from 'hono'
import type { Db } from '../../db/index.ts'
import { homePage, pickLanguage, type SignedInUser } from '../../pages/index.ts'
import { findKakaoIdOf } from '../../users/index.ts'
import type { AttemptCookies } from '../attempt-cookies.ts'
import type { Callers } from '../callers.ts'
import type { AppEnv } from '../env.ts'
import { htmlResponse } from '../html-response.ts'
import { PATHS, toLoginPath } from '../paths.ts'
import { readQuery } from '../query.ts'
import type { Route } from '../route.ts'
import type { TalkCookie } from '../talk-cookie.ts'

export interface HomeRouteDeps {
  readonly db: Db
  readonly callers: Callers
  readonly talkCookie: TalkCookie
  readonly attempts: AttemptCookies
  /** Where a local emulator plays Kakao; absent with the real one. */
  readonly emulatorUrl: string | undefined
}

/** `GET /`: the login button, and who is signed in. */
export function homeRoute(deps: HomeRouteDeps): Route {
  return {
    method: 'get',
    path: PATHS.home,

    async handle(context) {
      const { error, notice } = readQuery(context.req.url, ['error', 'notice'])
      const user = await findSignedIn(deps, context)

      deps.attempts.tidy(context)
      if (user === undefined && deps.talkCookie.takeSilentTry(context)) {
        return context.redirect(`${context.get('publicUrl')}${toLoginPath()}&prompt=none`, 302)
      }
      const page = homePage({
        language: pickLanguage(context.req.header('accept-language')),
        user,
        // Absolute: the attempt's cookie must belong to the host that Kakao returns to.
        loginUrl: context.get('publicUrl') + toLoginPath(),
        logoutUrl: PATHS.logout,
        withdrawUrl: PATHS.withdraw,
        notice: toNotice(error, notice),
        emulatorUrl: deps.emulatorUrl,
      })
      return await htmlResponse(context, page)
    },
  }
}

async function findSignedIn(
  { db, callers }: HomeRouteDeps,
  context: Context<AppEnv>,
): Promise<SignedInUser | undefined> {
  const signedIn = await callers.find(context)
  const kakaoId = signedIn && (await findKakaoIdOf(db, signedIn.session))
  if (signedIn === undefined || kakaoId === undefined) return undefined

  const { nickname, email, emailVerified } = signedIn.user
  return { nickname, email, emailVerified, socialId: `kakao_${kakaoId}` }
}

/** Why the visitor is here without being signed in. */
function toNotice(
  error: string | undefined,
  notice: string | undefined,
): 'login_cancelled' | 'withdrawn' | undefined {
  if (notice === 'withdrawn') return 'withdrawn'
  return error === 'access_denied' ? 'login_cancelled' : undefined
}
