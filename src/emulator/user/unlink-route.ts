import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { endLink } from '../link/unlink.ts'
import { readForm } from '../parameters.ts'
import { announce } from '../webhooks/announce.ts'
import type { RouteEnv, World } from '../world.ts'
import { getCaller } from './caller.ts'

/**
 * `POST /v1/user/unlink`: consent, properties and tokens are gone. No unlink webhook follows.
 *
 * @see [Kakao: unlink](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#unlink)
 */
export function unlinkRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/v1/user/unlink', async (c) => {
    const form = await readForm(c.req.raw)
    const { app, person, link } = getCaller(world, c, form, { preRegistered: true })
    endLink(world, link)
    if (world.switches.own_unlink_sends_event) {
      const issuer = new URL(c.req.url).origin
      const payload = { reason: 'UNLINK_FROM_SERVICE' }
      announce(world, { app, personId: person.id, issuer, name: 'user-unlinked', payload })
    }
    return kakaoJson({ id: BigInt(person.id) })
  })
}
