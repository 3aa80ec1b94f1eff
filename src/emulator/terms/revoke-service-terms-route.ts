import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readForm } from '../parameters.ts'
import { getCaller } from '../user/caller.ts'
import type { RouteEnv, World } from '../world.ts'
import { checkSync, getTerms, readTags } from './service-terms.ts'

/**
 * `POST /v2/user/revoke/service_terms`: takes back agreement. What cannot be taken back is missing
 * from the answer.
 *
 * @see [Kakao: revoke service terms](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#revoke-terms)
 */
export function revokeServiceTermsRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/v2/user/revoke/service_terms', async (c) => {
    const form = await readForm(c.req.raw)
    const caller = getCaller(world, c, form)
    checkSync(caller)
    const tags = readTags(form)
    if (tags === undefined) throw new KapiError(-2, { msg: 'tags is missing' })

    const revoked = getTerms(caller, tags)
      .filter(({ tag, required }) => !required && caller.link.terms.delete(tag))
      .map(({ tag }) => ({ tag, agreed: false }))
    return kakaoJson({ id: BigInt(caller.person.id), revoked_service_terms: revoked })
  })
}
