import { Hono } from 'hono'
import type { RouteEnv } from '../world.ts'
import { appsRoute } from './apps-route.ts'
import { clockRoute } from './clock-route.ts'
import { controlError, guardControl } from './control-guard.ts'
import type { Controls } from './controls.ts'
import { faultsRoute } from './faults-route.ts'
import { bridgeForms } from './form-bridge.ts'
import { homeRoute } from './home-route.ts'
import { journalRoute } from './journal-route.ts'
import { keysRoute } from './keys-route.ts'
import { peopleRoute } from './people-route.ts'
import { resetRoute } from './reset-route.ts'
import { seedRoute } from './seed-route.ts'
import { switchesRoute } from './switches-route.ts'
import { webhooksRoute } from './webhooks-route.ts'

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
  app.use(guardControl(allowRemote))
  app.use(bridgeForms(app))
  for (const route of ROUTES) app.route('/', route(controls))
  return app
}

const ROUTES = [
  homeRoute,
  appsRoute,
  peopleRoute,
  webhooksRoute,
  journalRoute,
  clockRoute,
  faultsRoute,
  keysRoute,
  switchesRoute,
  seedRoute,
  resetRoute,
]
