import { Hono } from 'hono'
import { appPage } from '../pages/app-page.ts'
import { pageResponse } from '../pages/page-response.ts'
import { appSchema } from '../seed/app-schema.ts'
import { completeSeed } from '../seed/seed.ts'
import { type App, changeApp } from '../state/apps.ts'
import type { RouteEnv, World } from '../world.ts'
import { ControlError, checkControlBody, readChanges } from './control-body.ts'
import { NotFoundError } from './control-guard.ts'
import type { Controls } from './controls.ts'
import { wantsPage } from './wants-page.ts'

const APPS = '/_emulator/apps'

/** `/_emulator/apps`: what the console holds of each app. Changes take effect at once. */
export function appsRoute({ world }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(APPS, (c) => c.json({ apps: world.state.apps.map(({ settings }) => settings) }))
    .get(`${APPS}/:id`, async (c) => {
      const app = getApp(world, c.req.param('id'))
      if (!wantsPage(c)) return c.json(app.settings)
      return await pageResponse(c.req.raw, (language) => appPage({ app, language }))
    })
    .patch(`${APPS}/:id`, async (c) => {
      const app = getApp(world, c.req.param('id'))
      change(world, app, await readChanges(c.req.raw))
      return c.json(app.settings)
    })
}

function getApp({ state }: World, id: string): App {
  const app = state.apps.find((one) => String(one.id) === id)
  if (app === undefined) throw new NotFoundError()
  return app
}

function change({ state }: World, app: App, changes: Readonly<Record<string, unknown>>): void {
  const wanted = checkControlBody({ ...app.settings, ...changes }, appSchema)
  if (wanted.app_id !== app.id) throw new ControlError(['app_id: cannot be changed'])
  // Checked together with the others: no two apps may share a key.
  const others = state.apps.filter(({ id }) => id !== app.id).map(({ settings }) => settings)
  const { apps } = completeSeed({ apps: [wanted, ...others], people: [] })
  if (apps[0] !== undefined) changeApp(app, apps[0])
}
