import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readTextMap } from '../json-parameter.ts'
import { readForm } from '../parameters.ts'
import type { RouteEnv, World } from '../world.ts'
import { getTokenCaller } from './caller.ts'
import { setProperties } from './user-properties.ts'

/**
 * `POST /v1/user/update_profile`: sets the app's own user properties.
 *
 * @see [Kakao: store user properties](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#store-user-info)
 */
export function updateProfileRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/v1/user/update_profile', async (c) => {
    const form = await readForm(c.req.raw)
    const { app, person, link } = getTokenCaller(world, c)
    const properties = readTextMap(form, 'properties')
    if (properties === undefined) throw new KapiError(-2, { msg: 'properties is missing' })
    setProperties(app, link, properties)
    return kakaoJson({ id: BigInt(person.id) })
  })
}
