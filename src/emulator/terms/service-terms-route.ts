import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { queryOf } from '../parameters.ts'
import { getCaller } from '../user/caller.ts'
import type { RouteEnv, World } from '../world.ts'
import { checkSync, getTerms, readTags, toServiceTerm } from './service-terms.ts'

/**
 * `GET /v2/user/service_terms`: the terms that the person agreed to, or all of the app's.
 *
 * @see [Kakao: retrieve service terms](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#check-terms)
 */
export function serviceTermsRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/v2/user/service_terms', (c) => {
    const query = queryOf(c.req.raw)
    const caller = getCaller(world, c, query)
    checkSync(caller)
    const agreedOnly = readResult(query) === 'agreed_service_terms'
    const terms = getTerms(caller, readTags(query))
      .filter(({ tag }) => !agreedOnly || caller.link.terms.has(tag))
      .map((term) => toServiceTerm(term, caller.link.terms.get(term.tag), world.switches))
    return kakaoJson({ id: BigInt(caller.person.id), service_terms: terms })
  })
}

/** @throws {KapiError} -2 */
function readResult(query: URLSearchParams): 'agreed_service_terms' | 'app_service_terms' {
  const result = query.get('result') || 'agreed_service_terms'
  if (result === 'agreed_service_terms' || result === 'app_service_terms') return result
  throw new KapiError(-2, { msg: 'result is unknown' })
}
