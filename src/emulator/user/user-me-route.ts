import { Hono } from 'hono'
import type { WireUserMe } from '../../kakao/wire.ts'
import { toTimestamp } from '../clock.ts'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readForm } from '../parameters.ts'
import type { RouteEnv, World } from '../world.ts'
import type { AccountView } from './account-view.ts'
import { type Caller, getCaller } from './caller.ts'
import { findKakaoAccount } from './kakao-account.ts'
import { toDeprecatedProperties } from './profile.ts'
import { readPropertyKeys } from './property-keys.ts'

/** On the wire the id is a bare number of up to 19 digits. */
type UserMeOnWire = Omit<WireUserMe, 'id'> & { id: bigint }

/**
 * `GET, POST /v2/user/me`: who the person is, as far as agreed. Parameters in the query or the form.
 *
 * @see [Kakao: retrieve user information](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#req-user-info)
 */
export function userMeRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get('/v2/user/me', (c) => {
      return answer(world, c.req.raw, new URL(c.req.url).searchParams)
    })
    .post('/v2/user/me', async (c) => answer(world, c.req.raw, await readForm(c.req.raw)))
}

function answer(world: World, request: Request, parameters: URLSearchParams): Response {
  const caller = getCaller(world, request, parameters)
  const view = {
    origin: new URL(request.url).origin,
    secure: readFlag(parameters, 'secure_resource'),
    wants: readPropertyKeys(parameters.get('property_keys'), caller.app),
  }
  return kakaoJson(toUserMe(world, caller, view, parameters.has('property_keys')))
}

function toUserMe(
  { switches }: World,
  caller: Caller,
  view: AccountView,
  restricted: boolean,
): UserMeOnWire {
  const properties = switches.deprecatedProperties ? toDeprecatedProperties(caller, view) : {}
  const account = findKakaoAccount(caller, view)
  return {
    id: BigInt(caller.person.id),
    ...(!restricted && { connected_at: toTimestamp(caller.link.linkedAt) }),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(account && { kakao_account: account }),
  }
}

function readFlag(parameters: URLSearchParams, name: string): boolean {
  const value = parameters.get(name) || 'false'
  if (value !== 'true' && value !== 'false') throw new KapiError(-2)
  return value === 'true'
}
