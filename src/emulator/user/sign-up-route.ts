import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readTextMap } from '../json-parameter.ts'
import { readForm } from '../parameters.ts'
import { announce } from '../webhooks/announce.ts'
import type { RouteEnv, World } from '../world.ts'
import { getTokenCaller } from './caller.ts'
import { setProperties } from './user-properties.ts'

/**
 * `POST /v1/user/signup`: links someone who is only registered beforehand.
 *
 * @see [Kakao: manual sign-up](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#signup)
 */
export function signUpRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/v1/user/signup', async (c) => {
    const properties = readTextMap(await readForm(c.req.raw), 'properties')
    const { app, person, link } = getTokenCaller(world, c, { preRegistered: true })
    if (link.signedUpAt !== undefined) throw new KapiError(-102)
    if (properties !== undefined) setProperties(app, link, properties)
    link.signedUpAt = world.clock.now()

    const issuer = new URL(c.req.url).origin
    announce(world, { app, personId: person.id, issuer, name: 'user-linked' })
    return kakaoJson({ id: BigInt(person.id) })
  })
}
