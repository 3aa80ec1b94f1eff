import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { queryOf } from '../parameters.ts'
import { getCaller } from '../user/caller.ts'
import type { RouteEnv, World } from '../world.ts'
import { readScopes, toScopes } from './scopes.ts'

/**
 * `GET /v2/user/scopes`: what the person agreed to.
 *
 * @see [Kakao: retrieve consent details](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#check-consent)
 */
export function scopesRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/v2/user/scopes', (c) => {
    const query = queryOf(c.req.raw)
    const caller = getCaller(world, c, query)
    return kakaoJson(toScopes(caller, readScopes(query, caller)))
  })
}
