import { Hono } from 'hono'
import type { RouteEnv } from '../world.ts'
import type { Controls } from './controls.ts'
import { toOverview } from './home-route.ts'
import { startOver } from './start-over.ts'

/** `POST /_emulator/reset`: back to the seed. */
export function resetRoute(controls: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/_emulator/reset', (c) => {
    startOver(controls)
    return c.json(toOverview(controls.world))
  })
}
