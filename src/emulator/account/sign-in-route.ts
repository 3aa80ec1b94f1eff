import { Hono } from 'hono'
import { signIn } from '../authorize/browser-session.ts'
import { pageResponse } from '../pages/page-response.ts'
import { signInPage } from '../pages/sign-in-page.ts'
import { readForm } from '../parameters.ts'
import { findPersonByHint } from '../state/people.ts'
import type { RouteEnv, World } from '../world.ts'
import { goOn } from './next-page.ts'
import { PAGES } from './page-paths.ts'
import { getPendingLogin } from './pending-login.ts'

/** `/account/login`: who are you? People are chosen, not asked for a password. */
export function signInRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(PAGES.signIn, (c) => {
      const { id, login } = getPendingLogin(world, c.req.raw, new URL(c.req.url).searchParams)
      const people = [...world.state.people.values()]
      const { loginHint, client } = login.request
      const hinted = loginHint === undefined ? undefined : findPersonByHint(people, loginHint)
      return pageResponse(c.req.raw, (language) =>
        signInPage({ pendingId: id, appName: client.app.name, people, hinted, language }),
      )
    })
    .post(PAGES.signIn, async (c) => {
      const form = await readForm(c.req.raw)
      const { id, login } = getPendingLogin(world, c.req.raw, form)
      const person = world.state.people.get(form.get('person') ?? '')
      if (person !== undefined) {
        signIn(world, login.browserId, { personId: person.id, stay: form.has('stay') })
        login.signedInAs = person.id
      }
      return goOn(world, id, login)
    })
}
