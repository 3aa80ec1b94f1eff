import { Hono } from 'hono'
import { z } from 'zod'
import { endIncompleteSignUps } from '../link/sign-up-deadline.ts'
import type { RouteEnv } from '../world.ts'
import { readControlBody } from './control-body.ts'
import type { Controls } from './controls.ts'

const moveSchema = z.strictObject({ advance_seconds: z.number() })

/** `GET, POST /_emulator/clock`: the emulator's time, and moving it. */
export function clockRoute({ world }: Controls): Hono<RouteEnv> {
  const { clock } = world
  const time = () => ({ now: clock.now().toISOString() })

  return new Hono<RouteEnv>()
    .get('/_emulator/clock', (c) => c.json(time()))
    .post('/_emulator/clock', async (c) => {
      const { advance_seconds } = await readControlBody(c.req.raw, moveSchema)
      clock.advance(advance_seconds)
      endIncompleteSignUps(world, new URL(c.req.url).origin)
      return c.json(time())
    })
}
