import { Hono } from 'hono'
import type { ConsentItemId } from '../consent-items.ts'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readForm } from '../parameters.ts'
import { type App, findConsentItem } from '../state/apps.ts'
import { getCaller } from '../user/caller.ts'
import type { RouteEnv, World } from '../world.ts'
import { readScopes, toScopes } from './scopes.ts'
import { withdrawConsent } from './withdraw-consent.ts'

/**
 * `POST /v2/user/revoke/scopes`: takes back consent to items, all or none.
 *
 * @see [Kakao: revoke consent](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#revoke-consent)
 */
export function revokeScopesRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/v2/user/revoke/scopes', async (c) => {
    const form = await readForm(c.req.raw)
    const caller = getCaller(world, c, form)
    const scopes = readScopes(form, caller) ?? []
    if (scopes.length === 0) throw new KapiError(-2, { msg: 'scopes is missing' })
    checkRevocable(caller.app, scopes)

    withdrawConsent(world, caller, scopes, new URL(c.req.url).origin)
    return kakaoJson(toScopes(caller))
  })
}

/** @throws {KapiError} -3: a required item stays for as long as the link does. */
function checkRevocable(app: App, scopes: readonly ConsentItemId[]): void {
  const fixed = scopes.filter((id) => findConsentItem(app, id)?.level === 'required')
  if (fixed.length === 0) return
  const msg = `[${fixed.join(', ')}] is not revocable. Required consent ends with the link.`
  throw new KapiError(-3, { msg })
}
