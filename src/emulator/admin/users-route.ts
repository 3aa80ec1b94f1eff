import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readIdList } from '../json-parameter.ts'
import { queryOf } from '../parameters.ts'
import type { App } from '../state/apps.ts'
import { type AccountView, readView } from '../user/account-view.ts'
import { getAdminApp } from '../user/admin-caller.ts'
import { toTimes, toUserMe, type UserMeOnWire } from '../user/user-me.ts'
import type { RouteEnv, World } from '../world.ts'
import { linkedIds } from './linked-ids.ts'

const MOST_IDS = 100
const MOST_IDS_WITH_KEYS = 20

/**
 * `GET /v2/app/users`: several people at once, in Kakao's order; who is not linked is missing.
 *
 * @see [Kakao: retrieve multiple users](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#req-user-info-list)
 */
export function usersRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/v2/app/users', (c) => {
    const app = getAdminApp(world, c)
    const query = queryOf(c.req.raw)
    const view = readView(world, app, c.req.raw, query)
    const asked = new Set(readTargets(query, view.whole ? MOST_IDS : MOST_IDS_WITH_KEYS))
    const users = linkedIds(world, app)
      .map(String)
      .filter((id) => asked.has(id))
      .flatMap((id) => findUser(world, app, id, view) ?? [])
    return kakaoJson(world.switches.users_shape === 'array' ? users : { elements: users })
  })
}

/** @throws {KapiError} -2 */
function readTargets(query: URLSearchParams, most: number): string[] {
  if (query.get('target_id_type') !== 'user_id') throw new KapiError(-2)
  const ids = readIdList(query, 'target_ids')
  if (ids.length > most) throw new KapiError(-2, { msg: `target_ids must be at most ${most}` })
  return ids
}

/** Ids and times alone, unless `property_keys` names more. */
function findUser(world: World, app: App, id: string, view: AccountView): UserMeOnWire | undefined {
  const person = world.state.people.get(id)
  const link = world.state.links.find(app.id, id)
  if (person === undefined || link === undefined) return undefined
  const caller = { app, person, link }
  const more = view.whole ? { id: BigInt(id) } : toUserMe(world, caller, view)
  return { ...more, ...toTimes(caller) }
}
