import type { Context } from 'hono'
import type { Db } from '../../db/index.ts'
import { ProblemError } from '../../errors.ts'
import { isNext, type NextRules } from '../../login/index.ts'
import type { SignedIn } from '../../sessions/index.ts'
import { findKakaoIdOf } from '../../users/index.ts'
import type { Callers } from '../callers.ts'
import type { AppEnv } from '../env.ts'
import { isBrowser } from '../is-browser.ts'
import { PATHS, toLoginPath } from '../paths.ts'
import { readQuery } from '../query.ts'
import type { Route } from '../route.ts'

export interface VerifyRouteDeps {
  readonly db: Db
  readonly callers: Callers
  readonly trustProxy: number
  readonly nextRules: NextRules
}

/** `GET /auth/verify/`: tells a proxy who sends the request that it holds. */
export function verifyRoute(deps: VerifyRouteDeps): Route {
  return {
    method: 'get',
    path: PATHS.verify,

    async handle(context) {
      const signedIn = await deps.callers.find(context)
      if (signedIn !== undefined) return await answerWithHeaders(deps, context, signedIn)

      const { redirect } = readQuery(context.req.url, ['redirect'])
      const url = redirect === '1' ? findOriginalUrl(deps, context) : undefined
      if (url === undefined) throw new ProblemError('not_signed_in')
      return context.redirect(context.get('publicUrl') + toLoginPath(url), 302)
    },
  }
}

async function answerWithHeaders(
  { db }: VerifyRouteDeps,
  context: Context<AppEnv>,
  { user, session }: SignedIn,
): Promise<Response> {
  const kakaoId = await findKakaoIdOf(db, session)
  context.header('x-daemun-user-id', user.id)
  context.header('x-daemun-session-id', session.id)
  if (kakaoId !== undefined) context.header('x-daemun-social-id', `kakao_${kakaoId}`)
  if (user.email !== null && user.emailVerified) {
    // Headers carry no more than ASCII.
    context.header('x-daemun-user-email', encodeURI(user.email))
  }
  return context.body(null, 200)
}

/** Where the browser was going, as the proxy says; only a place that a login may lead to. */
function findOriginalUrl(
  { trustProxy, nextRules }: VerifyRouteDeps,
  context: Context<AppEnv>,
): string | undefined {
  const header = (name: string) => context.req.header(`x-forwarded-${name}`)
  const isGet = (header('method') ?? 'GET') === 'GET'
  if (trustProxy === 0 || !isGet || !isBrowser(context)) return undefined

  const root = `${header('proto')}://${header('host')}/`
  const path = header('uri') ?? '/'
  if (!path.startsWith('/') || !isNext(root, nextRules)) return undefined
  const url = root + path.slice(1)
  // What is too long to come back to must not keep from logging in.
  return isNext(url, nextRules) ? url : root
}
