import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readWholeNumber } from '../json-parameter.ts'
import { queryOf } from '../parameters.ts'
import type { App } from '../state/apps.ts'
import { getAdminApp } from '../user/admin-caller.ts'
import { readAuthorization } from '../user/authorization.ts'
import type { RouteEnv, World } from '../world.ts'
import { linkedIds } from './linked-ids.ts'

/**
 * `GET /v1/user/ids`: the ids of everyone linked to the app, a page at a time.
 *
 * @see [Kakao: retrieve user list](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#user-ids)
 */
export function userIdsRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/v1/user/ids', (c) => {
    const app = getAdminApp(world, c)
    checkRate(world, app)
    const query = queryOf(c.req.raw)
    const { credential } = readAuthorization(c.req.raw)
    const { ids, place, limit, order } = readPage(query, linkedIds(world, app))

    // Kakao's own addresses are http, with the key inside.
    const base = `http://${new URL(c.req.url).host}/v1/user/ids`
    const toUrl = (from: bigint | undefined) =>
      from === undefined
        ? null
        : `${base}?limit=${limit}&order=${order}&from_id=${from}&app_key=${credential}`
    return kakaoJson({
      elements: ids.slice(place, place + limit),
      before_url: toUrl(place > 0 ? ids[Math.max(0, place - limit)] : undefined),
      after_url: toUrl(ids[place + limit]),
      ...(world.switches.deprecated_fields && { total_count: ids.length }),
    })
  })
}

/** @throws {KapiError} -10, as 429: the app has called too often within the last minute. */
function checkRate({ state, switches, clock }: World, app: App): void {
  if (state.userIdsCalls.admit(app.id, switches.user_ids_per_minute, clock.now())) return
  throw new KapiError(-10, { status: 429 })
}

function readPage(query: URLSearchParams, linked: readonly bigint[]) {
  const limit = readWholeNumber(query, 'limit', { usual: 100, min: 1, max: 100 })
  const order = query.get('order') || 'asc'
  const from = query.get('from_id') || ''
  if (!/^(asc|desc)$/.test(order) || !/^\d{0,19}$/.test(from)) throw new KapiError(-2)

  const ids = order === 'asc' ? linked : linked.toReversed()
  const isReached = (id: bigint) => (order === 'asc' ? id >= BigInt(from) : id <= BigInt(from))
  const found = from === '' ? 0 : ids.findIndex(isReached)
  return { ids, limit, order, place: found < 0 ? ids.length : found }
}
