import { Hono } from 'hono'
import { pageResponse } from '../pages/page-response.ts'
import { settingsPage } from '../pages/settings-page.ts'
import { type Switches, switchesSchema } from '../switches.ts'
import type { RouteEnv, World } from '../world.ts'
import { checkControlBody, readChanges } from './control-body.ts'
import type { Controls } from './controls.ts'
import { wantsPage } from './wants-page.ts'

const SWITCHES = '/_emulator/switches'

/** `GET, PATCH /_emulator/switches`: what Kakao does where nobody outside knows. */
export function switchesRoute({ world }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(SWITCHES, async (c) => {
      if (!wantsPage(c)) return c.json(world.switches)
      const form = { value: world.switches, method: 'PATCH' } as const
      return await pageResponse(c.req.raw, (language) => settingsPage('switches', form, language))
    })
    .patch(SWITCHES, async (c) => {
      world.switches = change(world, await readChanges(c.req.raw))
      return c.json(world.switches)
    })
}

/** A switch that is null stands again as in the beginning. */
function change(world: World, changes: Readonly<Record<string, unknown>>): Switches {
  const first: Readonly<Record<string, unknown>> = world.toFirstSwitches(world.seed)
  const wanted = Object.entries(changes).map(([name, value]) => [name, value ?? first[name]])
  return checkControlBody({ ...world.switches, ...Object.fromEntries(wanted) }, switchesSchema)
}
