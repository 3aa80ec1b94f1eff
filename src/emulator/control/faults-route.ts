import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { faultsPage } from '../pages/faults-page.ts'
import { pageResponse } from '../pages/page-response.ts'
import type { RouteEnv } from '../world.ts'
import { readControlBody } from './control-body.ts'
import type { Controls } from './controls.ts'
import { faultSchema } from './fault-schema.ts'
import { wantsPage } from './wants-page.ts'

/** `GET, POST, DELETE /_emulator/faults`: what is to go wrong, and how often. */
export function faultsRoute({ faults }: Controls): Hono<RouteEnv> {
  const waiting = () => ({ faults: faults.list() })

  return new Hono<RouteEnv>()
    .get('/_emulator/faults', async (c) => {
      if (!wantsPage(c)) return kakaoJson(waiting())
      return await pageResponse(c.req.raw, (language) => faultsPage(faults.list(), language))
    })
    .post('/_emulator/faults', async (c) => {
      faults.add(await readControlBody(c.req.raw, faultSchema))
      return kakaoJson(waiting())
    })
    .delete('/_emulator/faults', () => {
      faults.clear()
      return kakaoJson(waiting())
    })
}
