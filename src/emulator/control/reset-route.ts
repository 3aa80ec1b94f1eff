import { Hono } from 'hono'
import { type RouteEnv, resetWorld } from '../world.ts'
import type { Controls } from './controls.ts'
import { toOverview } from './home-route.ts'

/** `POST /_emulator/reset`: back to the seed, with no faults, no journal, and the real time. */
export function resetRoute({ world, journal, faults }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/_emulator/reset', (c) => {
    resetWorld(world)
    faults.clear()
    journal.clear()
    return c.json(toOverview(world))
  })
}
