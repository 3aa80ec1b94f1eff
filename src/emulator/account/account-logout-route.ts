import { Hono } from 'hono'
import { findBrowserId, findSignIn } from '../authorize/browser-session.ts'
import { redirectTo } from '../authorize/redirect-back.ts'
import { KauthError } from '../errors/kauth-error.ts'
import { endTokens } from '../link/unlink.ts'
import { accountLogoutPage } from '../pages/account-logout-page.ts'
import { pageResponse } from '../pages/page-response.ts'
import { type Parameters, readForm, readParameters } from '../parameters.ts'
import { type App, acceptsLogoutRedirectUri, findClient } from '../state/apps.ts'
import type { RouteEnv, World } from '../world.ts'

const PATH = '/oauth/logout'

/**
 * `GET /oauth/logout`: asks one who is signed in whether to leave the service only or the Kakao
 * Account as well, and goes back to the service. It ends no token, unless a switch says so.
 *
 * @see [Kakao: logout with Kakao Account](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#logout-of-service-and-kakaoaccount)
 */
export function accountLogoutRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(PATH, (c) => {
      const parameters = readParameters(new URL(c.req.url).searchParams)
      const { app, back } = readLogout(parameters, world)
      const asks = !c.env.auto && world.switches.logout_page && isSignedIn(world, c.req.raw)
      if (!asks) return leave(world, c.req.raw, app, back)
      return pageResponse(c.req.raw, (language) =>
        accountLogoutPage({ action: PATH, parameters, appName: app.name, language }),
      )
    })
    .post(PATH, async (c) => {
      const form = await readForm(c.req.raw)
      const { app, back } = readLogout(readParameters(form), world)
      const isLeaving = form.get('decision') === 'account'
      return isLeaving ? leave(world, c.req.raw, app, back) : redirectTo(back.uri, back.parameters)
    })
}

interface WayBack {
  readonly uri: string
  readonly parameters: Record<string, string>
}

/** @throws {KauthError} KOE207, 101, 007. */
function readLogout(parameters: Parameters, { state: { apps } }: World) {
  const clientId = parameters.get('client_id')
  const uri = parameters.get('logout_redirect_uri')
  if (clientId === undefined || uri === undefined) throw new KauthError('KOE207')
  const client = findClient(apps, clientId)
  if (client === undefined) throw new KauthError('KOE101')
  if (!acceptsLogoutRedirectUri(client, uri)) throw new KauthError('KOE007')

  const state = parameters.get('state')
  const back: WayBack = { uri, parameters: state === undefined ? {} : { state } }
  return { app: client.app, back }
}

function isSignedIn(world: World, request: Request): boolean {
  const browserId = findBrowserId(request)
  return browserId !== undefined && findSignIn(world, browserId) !== undefined
}

function leave(world: World, request: Request, app: App, { uri, parameters }: WayBack): Response {
  const browserId = findBrowserId(request)
  const response = redirectTo(uri, parameters)
  if (browserId === undefined) return response
  endTokensToo(world, browserId, app)
  world.state.signIns.delete(browserId)
  return response
}

function endTokensToo(world: World, browserId: string, app: App): void {
  if (!world.switches.account_logout_ends_tokens) return
  const personId = findSignIn(world, browserId)?.personId ?? ''
  endTokens(world.state, { appId: app.id, personId })
}
