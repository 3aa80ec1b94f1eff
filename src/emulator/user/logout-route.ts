import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { readForm } from '../parameters.ts'
import type { IssuedToken } from '../state/grants.ts'
import type { RouteEnv, World } from '../world.ts'
import { type Caller, getCaller } from './caller.ts'

/**
 * `POST /v1/user/logout`: ends the tokens of the login that the access token came from; with the
 * admin key, all of the person's at this app. The browser stays signed in at Kakao.
 *
 * @see [Kakao: logout](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#logout)
 */
export function logoutRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/v1/user/logout', async (c) => {
    const caller = getCaller(world, c.req.raw, await readForm(c.req.raw))
    const isEnding = endedBy(caller)
    world.state.accessTokens.deleteWhere(isEnding)
    world.state.refreshTokens.deleteWhere(isEnding)
    return kakaoJson({ id: BigInt(caller.person.id) })
  })
}

function endedBy({ app, person, token }: Caller): (other: IssuedToken) => boolean {
  if (token !== undefined) return ({ grant }) => grant === token.grant
  return ({ grant }) => grant.client.app === app && grant.personId === person.id
}
