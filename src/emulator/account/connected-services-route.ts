import { type Context, Hono } from 'hono'
import { browserCookie, findBrowserId, findSignIn, signIn } from '../authorize/browser-session.ts'
import { withdrawConsent } from '../consent/withdraw-consent.ts'
import { isConsentItemId } from '../consent-items.ts'
import { unlinkAtKakao } from '../link/unlink.ts'
import { connectedServicesPage } from '../pages/connected-services-page.ts'
import { pageResponse } from '../pages/page-response.ts'
import { readForm } from '../parameters.ts'
import { findConsentItem } from '../state/apps.ts'
import type { Person } from '../state/people.ts'
import type { RouteEnv, World } from '../world.ts'
import { CONNECTED_SERVICES } from './page-paths.ts'

/**
 * `/account/services`: the services that a person is connected to. Here they disconnect one, or take
 * back consent to an item, and the service learns of it by its webhooks.
 */
export function connectedServicesRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(CONNECTED_SERVICES, async (c) => {
      const browserId = findBrowserId(c.req.raw) ?? world.newSecret()
      const person = findSignedIn(world, browserId)
      const response = await pageResponse(c.req.raw, (language) =>
        connectedServicesPage({ world, person, language }),
      )
      response.headers.append('set-cookie', browserCookie(browserId, c.req.raw))
      return response
    })
    .post(CONNECTED_SERVICES, async (c) => {
      const browserId = findBrowserId(c.req.raw)
      if (browserId !== undefined) act(world, c, browserId, await readForm(c.req.raw))
      return c.redirect(CONNECTED_SERVICES, 303)
    })
}

function findSignedIn(world: World, browserId: string): Person | undefined {
  const { personId = '' } = findSignIn(world, browserId) ?? {}
  return world.state.people.get(personId)
}

function act(world: World, c: Context<RouteEnv>, browserId: string, form: URLSearchParams): void {
  const person = world.state.people.get(form.get('person') ?? '')
  const signedIn = findSignedIn(world, browserId)
  if (person !== undefined) {
    signIn(world, browserId, { personId: person.id, stay: false })
  } else if (form.has('leave')) {
    world.state.signIns.delete(browserId)
  } else if (signedIn !== undefined) {
    change(world, signedIn, form, new URL(c.req.url).origin)
  }
}

function change(world: World, person: Person, form: URLSearchParams, issuer: string): void {
  const app = world.state.apps.find(({ id }) => String(id) === form.get('app_id'))
  const link = app && world.state.links.find(app.id, person.id)
  if (app === undefined || link === undefined) return

  const item = form.get('withdraw') ?? ''
  if (form.has('disconnect')) {
    unlinkAtKakao(world, link, { issuer, referrerType: 'UNLINK_FROM_APPS' })
  } else if (isConsentItemId(item) && findConsentItem(app, item)?.level !== 'required') {
    withdrawConsent(world, { app, link }, [item], issuer)
  }
}
