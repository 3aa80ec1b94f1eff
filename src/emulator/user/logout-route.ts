import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { endTokens } from '../link/unlink.ts'
import { readForm } from '../parameters.ts'
import type { RouteEnv, World } from '../world.ts'
import { type Caller, getCaller } from './caller.ts'

/**
 * `POST /v1/user/logout`: with a token it and its refresh token end, with an admin key all tokens of
 * the person. Nobody leaves the Kakao Account in any browser.
 *
 * @see [Kakao: logout](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#logout)
 */
export function logoutRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/v1/user/logout', async (c) => {
    const form = await readForm(c.req.raw)
    const caller = getCaller(world, c, form, { preRegistered: true })
    logOut(world, caller)
    return kakaoJson({ id: BigInt(caller.person.id) })
  })
}

function logOut({ state }: World, { link, token }: Caller): void {
  if (token === undefined) {
    endTokens(state, link)
  } else {
    state.accessTokens.delete(token.name)
    state.refreshTokens.delete(token.issued.refreshToken)
  }
}
