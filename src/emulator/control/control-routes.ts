import { Hono } from 'hono'
import type { RouteEnv } from '../world.ts'
import { clockRoute } from './clock-route.ts'
import { controlError, guardControl } from './control-guard.ts'
import type { Controls } from './controls.ts'
import { faultsRoute } from './faults-route.ts'
import { homeRoute } from './home-route.ts'
import { journalRoute } from './journal-route.ts'
import { resetRoute } from './reset-route.ts'

/**
 * `/_emulator/`: how a test looks into the emulator and moves it, with and without a trailing slash.
 *
 * @param assets What pages load; open to every peer, unlike the rest.
 * @param allowRemote Whether peers other than this machine may use the rest.
 */
export function controlRoutes(
  controls: Controls,
  assets: Hono<RouteEnv>,
  allowRemote: boolean,
): Hono<RouteEnv> {
  const app = new Hono<RouteEnv>({ strict: false })
    .onError(controlError)
    .notFound((c) => c.json({ error: 'not_found' }, 404))
    .route('/', assets)
    .use(guardControl(allowRemote))

  const routes = [homeRoute, journalRoute, resetRoute, clockRoute, faultsRoute]
  for (const route of routes) app.route('/', route(controls))
  return app
}
