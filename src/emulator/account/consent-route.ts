import { Hono } from 'hono'
import { findProgress, toSignedIn } from '../authorize/continue-login.ts'
import { redirectWithCode } from '../authorize/issue-code.ts'
import type { ConsentStep } from '../authorize/next-step.ts'
import { CANCELLED, redirectBack } from '../authorize/redirect-back.ts'
import { KauthError } from '../errors/kauth-error.ts'
import { consentPage } from '../pages/consent-page.ts'
import { pageResponse } from '../pages/page-response.ts'
import { readForm } from '../parameters.ts'
import type { Agreement } from '../state/grants.ts'
import type { RouteEnv, World } from '../world.ts'
import { goOn } from './next-page.ts'
import { PAGES } from './page-paths.ts'
import { getPendingLogin } from './pending-login.ts'

/** `/account/consent`: what the app may know. Optional items can be refused one by one. */
export function consentRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(PAGES.consent, (c) => {
      const { id, login } = getPendingLogin(world, c.req.raw, new URL(c.req.url).searchParams)
      const { step, person } = findProgress(world, login)
      if (step.kind !== 'consent' || person === undefined) return goOn(world, id, login)
      const { app } = login.request.client
      return pageResponse(c.req.raw, (language) =>
        consentPage({ pendingId: id, appName: app.name, person, step, language }),
      )
    })
    .post(PAGES.consent, async (c) => {
      const form = await readForm(c.req.raw)
      const { id, login } = getPendingLogin(world, c.req.raw, form)
      const { step, person } = findProgress(world, login)
      if (form.get('decision') === 'cancel') {
        world.state.pendingLogins.delete(id)
        return redirectBack(login.request, CANCELLED)
      }
      if (step.kind !== 'consent' || person === undefined) return goOn(world, id, login)

      const agreed = readAgreement(form, step)
      world.state.pendingLogins.delete(id)
      const signedIn = toSignedIn(world, login.browserId, person)
      return redirectWithCode(world, login.request, signedIn, agreed)
    })
}

/** @throws {KauthError} KOE203: something required is missing; the page itself does not let that pass. */
function readAgreement(form: URLSearchParams, { items, terms }: ConsentStep): Agreement {
  const ticked = form.getAll('agree')
  const tags = form.getAll('term')
  const lacksItem = items.some(({ id, level }) => level === 'required' && !ticked.includes(id))
  const lacksTerm = terms.some(({ tag, required }) => required && !tags.includes(tag))
  if (lacksItem || lacksTerm) throw new KauthError('KOE203')
  return {
    items: items.map(({ id }) => id).filter((id) => ticked.includes(id)),
    terms: terms.map(({ tag }) => tag).filter((tag) => tags.includes(tag)),
  }
}
