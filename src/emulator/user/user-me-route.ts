import { type Context, Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { queryOf, readForm } from '../parameters.ts'
import type { RouteEnv, World } from '../world.ts'
import { readView } from './account-view.ts'
import { getCaller } from './caller.ts'
import { toUserMe } from './user-me.ts'

/**
 * `GET, POST /v2/user/me`: who the person is, as far as agreed. Parameters in the query or the form.
 *
 * @see [Kakao: retrieve user information](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#req-user-info)
 */
export function userMeRoute(world: World): Hono<RouteEnv> {
  const answer = (c: Context<RouteEnv>, parameters: URLSearchParams): Response => {
    const caller = getCaller(world, c, parameters, { preRegistered: true })
    const view = readView(world, caller.app, c.req.raw, parameters)
    return kakaoJson(toUserMe(world, caller, view))
  }

  return new Hono<RouteEnv>()
    .get('/v2/user/me', (c) => answer(c, queryOf(c.req.raw)))
    .post('/v2/user/me', async (c) => answer(c, await readForm(c.req.raw)))
}
