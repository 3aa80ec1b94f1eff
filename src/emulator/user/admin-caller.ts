import type { Context } from 'hono'
import { KapiError } from '../errors/kapi-error.ts'
import { type AdminKey, findAdminKey } from '../state/admin-keys.ts'
import type { App } from '../state/apps.ts'
import type { RouteEnv, World } from '../world.ts'
import { checkPeer, readAuthorization } from './authorization.ts'

/**
 * The app whose admin key a call was made with.
 *
 * @throws {KapiError} -401: no such key, or not from there. -3: the key may not call this API.
 *   -12: the app is blocked.
 */
export function getAdminApp({ state }: World, c: Context<RouteEnv>): App {
  const { scheme, credential } = readAuthorization(c.req.raw)
  const found = scheme === 'kakaoak' ? findAdminKey(state.apps, credential) : undefined
  if (found === undefined) {
    throw new KapiError(-401, { msg: 'appKey does not exist', scheme: 'KakaoAK' })
  }
  const { app, adminKey } = found
  const { allowed_apis: apis, allowed_ips: ips } = toLimits(adminKey)
  checkPeer('KakaoAK', ips, c.env.remoteAddress)
  if (apis?.includes(c.req.path) === false) {
    throw new KapiError(-3, { msg: `this admin key is not allowed to call ${c.req.path}` })
  }
  if (app.settings.blocked) throw new KapiError(-12)
  return app
}

function toLimits(adminKey: AdminKey) {
  return { allowed_apis: undefined, allowed_ips: undefined, ...adminKey }
}
