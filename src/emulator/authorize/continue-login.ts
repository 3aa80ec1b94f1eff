import { KauthError } from '../errors/kauth-error.ts'
import type { Person } from '../state/people.ts'
import type { World } from '../world.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import { findSignIn } from './browser-session.ts'
import { redirectWithCode } from './issue-code.ts'
import { nextStep, type Step, wantsNewSignIn } from './next-step.ts'
import { APP_BLOCKED, redirectBack, refusalWithoutPages, TOO_YOUNG } from './redirect-back.ts'

/** A login under way: what the app asked for, in which browser, and who signed in within it. */
export interface Login {
  readonly request: AuthorizeRequest
  readonly browserId: string
  readonly signedInAs?: string
}

/** Where a login stands. */
export interface Progress {
  readonly step: Step
  /** Who is signed in as far as this login is concerned. */
  readonly person?: Person
}

/** Says what a login needs next, by everything known now. */
export function findProgress(world: World, login: Login): Progress {
  const { request } = login
  const person = findSignedInPerson(world, login)
  if (person === undefined) return { step: nextStep({ request }) }

  const link = world.state.links.find(request.client.app.id, person.id)
  return { step: nextStep({ request, person, link }), person }
}

function findSignedInPerson(world: World, { request, browserId, signedInAs }: Login) {
  const signIn = findSignIn(world, browserId)
  if (signIn === undefined) return undefined
  if (wantsNewSignIn(request) && signedInAs !== signIn.personId) return undefined
  return world.state.people.get(signIn.personId)
}

/**
 * Answers a login that needs nothing of the person any more, or may not ask.
 *
 * @returns The redirect to the app, or `undefined` while a page has to be shown.
 * @throws {KauthError} KOE005: the person is no member of the test app.
 */
export function findOutcome(
  world: World,
  { request, browserId }: Login,
  { step, person }: Progress,
): Response | undefined {
  if (step.kind === 'not_a_member') throw new KauthError('KOE005')
  if (step.kind === 'app_blocked') return redirectBack(request, APP_BLOCKED)
  if (step.kind === 'too_young') return redirectBack(request, TOO_YOUNG)
  if (step.kind === 'code' && person !== undefined) {
    return redirectWithCode(world, request, toSignedIn(world, browserId, person))
  }
  const refusal = request.prompt.has('none') ? refusalWithoutPages(step, world) : undefined
  return refusal && redirectBack(request, refusal)
}

/** The person with the time of the sign-in in that browser. */
export function toSignedIn(world: World, browserId: string, { id }: Person) {
  const authenticatedAt = findSignIn(world, browserId)?.authenticatedAt ?? world.clock.now()
  return { id, authenticatedAt }
}
