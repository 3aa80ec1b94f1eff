import { Hono } from 'hono'
import type { RouteEnv } from '../world.ts'
import { readControlBody } from './control-body.ts'
import type { Controls } from './controls.ts'
import { faultSchema } from './fault-schema.ts'

/** `GET, POST, DELETE /_emulator/faults`: what is to go wrong, and how often. */
export function faultsRoute({ faults }: Controls): Hono<RouteEnv> {
  const waiting = () => ({ faults: faults.list() })

  return new Hono<RouteEnv>()
    .get('/_emulator/faults', (c) => c.json(waiting()))
    .post('/_emulator/faults', async (c) => {
      faults.add(await readControlBody(c.req.raw, faultSchema))
      return c.json(waiting())
    })
    .delete('/_emulator/faults', (c) => {
      faults.clear()
      return c.json(waiting())
    })
}
