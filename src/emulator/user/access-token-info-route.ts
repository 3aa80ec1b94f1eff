import { Hono } from 'hono'
import type { WireAccessTokenInfo } from '../../kakao/wire.ts'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import type { AccessToken } from '../state/grants.ts'
import type { RouteEnv, World } from '../world.ts'
import { readAuthorization } from './authorization.ts'
import { getTokenCaller } from './caller.ts'

/** On the wire the id is a bare number of up to 19 digits. */
type InfoOnWire = Omit<WireAccessTokenInfo, 'id'> & { id: bigint }

/**
 * `GET /v1/user/access_token_info`: whose token it is, which app's, and how long it lasts.
 *
 * @see [Kakao: retrieve token information](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#get-token-info)
 */
export function accessTokenInfoRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/v1/user/access_token_info', (c) => {
    checkForm(c.req.raw)
    const { app, person, token } = getTokenCaller(world, c, { preRegistered: true })
    const remainingMs = token === undefined ? 0 : toRemainingMs(token.issued, world)
    return kakaoJson(toInfo(world, { id: BigInt(person.id), appId: app.id, remainingMs }))
  })
}

/** @throws {KapiError} -2: what was sent can be no token at all (RFC 6750, section 2.1). */
function checkForm(request: Request): void {
  const { scheme, credential } = readAuthorization(request)
  if (scheme === 'bearer' && !/^[\w~+/.-]*=*$/.test(credential)) throw new KapiError(-2)
}

function toRemainingMs({ expiresAt }: AccessToken, { clock }: World): number {
  return expiresAt.getTime() - clock.now().getTime()
}

function toInfo(
  { switches }: World,
  { id, appId, remainingMs }: { id: bigint; appId: number; remainingMs: number },
): InfoOnWire {
  return {
    id,
    expires_in: Math.floor(remainingMs / 1000),
    app_id: appId,
    ...(switches.deprecated_fields && { expiresInMillis: remainingMs, appId }),
  }
}
