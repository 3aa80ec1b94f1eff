import type { AuthorizeRequest } from '../authorize/authorize-request.ts'
import { findOutcome, findProgress } from '../authorize/continue-login.ts'
import type { Step } from '../authorize/next-step.ts'
import type { PendingLogin } from '../state/browsers.ts'
import type { World } from '../world.ts'
import { PAGES, PENDING_LOGIN } from './page-paths.ts'

/** The address of the page that the next step needs. */
export function nextPage(step: Step, { prompt }: AuthorizeRequest, pendingId: string): string {
  return `${pathOf(step, prompt.has('create'))}?${PENDING_LOGIN}=${pendingId}`
}

function pathOf(step: Step, create: boolean): string {
  if (step.kind === 'consent') return PAGES.consent
  if (step.kind === 'interaction') return PAGES.interaction
  return create ? PAGES.signUp : PAGES.signIn
}

/** Goes on with a login: to the next page, or back to the app when nothing is missing. */
export function goOn(world: World, id: string, login: PendingLogin): Response {
  const progress = findProgress(world, login)
  const outcome = findOutcome(world, login, progress)
  if (outcome !== undefined) {
    world.state.pendingLogins.delete(id)
    return outcome
  }
  const location = nextPage(progress.step, login.request, id)
  return new Response(null, { status: 303, headers: { location } })
}
