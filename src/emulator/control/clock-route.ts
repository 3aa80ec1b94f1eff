import { Hono } from 'hono'
import { z } from 'zod'
import type { RouteEnv } from '../world.ts'
import { readControlBody } from './control-body.ts'
import type { Controls } from './controls.ts'

const moveSchema = z.strictObject({ advance_seconds: z.number() })

/** `GET, POST /_emulator/clock`: the emulator's time, and moving it. */
export function clockRoute({ world: { clock } }: Controls): Hono<RouteEnv> {
  const time = () => ({ now: clock.now().toISOString() })

  return new Hono<RouteEnv>()
    .get('/_emulator/clock', (c) => c.json(time()))
    .post('/_emulator/clock', async (c) => {
      const { advance_seconds } = await readControlBody(c.req.raw, moveSchema)
      clock.advance(advance_seconds)
      return c.json(time())
    })
}
