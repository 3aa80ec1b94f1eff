import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readForm } from '../parameters.ts'
import type { AgreedTerm, Link } from '../state/links.ts'
import { type Caller, getCaller } from '../user/caller.ts'
import type { RouteEnv, World } from '../world.ts'
import { checkSync, readTags, toAgreed } from './service-terms.ts'

/**
 * `POST /v2/user/upgrade/service_terms`: records agreement that the service asked for itself. What
 * was agreed to already, and what does not exist, is missing from the answer.
 *
 * @see [Kakao: upgrade service terms](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#upgrade-terms)
 */
export function upgradeServiceTermsRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/v2/user/upgrade/service_terms', async (c) => {
    const form = await readForm(c.req.raw)
    const caller = getCaller(world, c, form)
    checkSync(caller)
    const tags = readTags(form)
    if (tags === undefined) throw new KapiError(-2, { msg: 'tags is missing' })

    const agreement: AgreedTerm = { at: world.clock.now(), by: 'KAPI' }
    const agreed = openTerms(caller, tags).map((tag) => agree(caller.link, tag, agreement))
    return kakaoJson({ id: BigInt(caller.person.id), agreed_service_terms: agreed })
  })
}

function openTerms({ app, link }: Caller, wanted: readonly string[]): string[] {
  const tags = app.settings.service_terms.map(({ tag }) => tag)
  return tags.filter((tag) => wanted.includes(tag) && !link.terms.has(tag))
}

function agree({ terms }: Link, tag: string, agreement: AgreedTerm) {
  terms.set(tag, agreement)
  return { tag, agreed: true, ...toAgreed(agreement) }
}
