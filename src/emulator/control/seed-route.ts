import { Hono } from 'hono'
import { pageResponse } from '../pages/page-response.ts'
import { settingsPage } from '../pages/settings-page.ts'
import { readSeed } from '../seed/read-seed.ts'
import { completeSeed } from '../seed/seed.ts'
import type { RouteEnv } from '../world.ts'
import type { Controls } from './controls.ts'
import { toOverview } from './home-route.ts'
import { startOver } from './start-over.ts'
import { wantsPage } from './wants-page.ts'

const SEED = '/_emulator/seed'

/** `GET, POST /_emulator/seed`: what it all begins with; another one, JSON or YAML, starts it over. */
export function seedRoute(controls: Controls): Hono<RouteEnv> {
  const { world } = controls

  return new Hono<RouteEnv>()
    .get(SEED, async (c) => {
      if (!wantsPage(c)) return c.json(world.seed)
      const form = { value: world.seed }
      return await pageResponse(c.req.raw, (language) => settingsPage('seed', form, language))
    })
    .post(SEED, async (c) => {
      startOver(controls, completeSeed(await readSeed(await c.req.text())))
      return c.json(toOverview(world))
    })
}
