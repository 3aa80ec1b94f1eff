import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import type { RouteEnv, World } from '../world.ts'
import { getTokenCaller } from './caller.ts'

/**
 * `GET /v1/user/access_token_info`: to which app and person an access token was issued.
 *
 * @see [Kakao: retrieve token information](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#get-token-info)
 */
export function accessTokenInfoRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/v1/user/access_token_info', (c) => {
    const { app, person, token } = getTokenCaller(world, c.req.raw)
    const milliseconds = token.expiresAt.getTime() - world.clock.now().getTime()
    return kakaoJson({
      id: BigInt(person.id),
      expires_in: Math.floor(milliseconds / 1000),
      app_id: app.id,
    })
  })
}
