import { Hono } from 'hono'
import { nextPage } from '../account/next-page.ts'
import { startPendingLogin } from '../account/pending-login.ts'
import { readParameters } from '../parameters.ts'
import type { RouteEnv, World } from '../world.ts'
import { toAuthorizeRequest } from './authorize-request.ts'
import { autoLogin } from './auto-login.ts'
import { browserCookie, findBrowserId } from './browser-session.ts'
import { findOutcome, findProgress } from './continue-login.ts'

/** `GET /oauth/authorize`: an app sends the browser here to begin a login. */
export function authorizeRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/oauth/authorize', (c) => {
    const parameters = readParameters(new URL(c.req.url).searchParams)
    const request = toAuthorizeRequest(parameters, world.state.apps, world.switches)
    if (c.env.auto) return autoLogin(world, request)

    const browserId = findBrowserId(c.req.raw) ?? world.newSecret()
    const login = { request, browserId }
    const progress = findProgress(world, login)
    const outcome = findOutcome(world, login, progress)
    if (outcome !== undefined) return outcome

    c.header('set-cookie', browserCookie(browserId, c.req.raw))
    const pendingId = startPendingLogin(world, login)
    return c.redirect(nextPage(progress.step, login.request, pendingId), 302)
  })
}
