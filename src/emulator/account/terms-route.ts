import { Hono } from 'hono'
import { findProgress } from '../authorize/continue-login.ts'
import { pageResponse } from '../pages/page-response.ts'
import { termsPage } from '../pages/terms-page.ts'
import { readForm } from '../parameters.ts'
import { settleInteraction } from '../state/people.ts'
import type { RouteEnv, World } from '../world.ts'
import { goOn } from './next-page.ts'
import { PAGES } from './page-paths.ts'
import { getPendingLogin } from './pending-login.ts'

/** `/account/terms`: what Kakao itself wants of the person before any app gets its turn. */
export function termsRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(PAGES.interaction, (c) => {
      const { id, login } = getPendingLogin(world, c.req.raw, new URL(c.req.url).searchParams)
      const { step, person } = findProgress(world, login)
      if (step.kind !== 'interaction' || person === undefined) return goOn(world, id, login)
      return pageResponse(c.req.raw, (language) => termsPage({ pendingId: id, person, language }))
    })
    .post(PAGES.interaction, async (c) => {
      const { id, login } = getPendingLogin(world, c.req.raw, await readForm(c.req.raw))
      const { step, person } = findProgress(world, login)
      if (step.kind === 'interaction' && person !== undefined) {
        settleInteraction(world.state.people, person)
      }
      return goOn(world, id, login)
    })
}
