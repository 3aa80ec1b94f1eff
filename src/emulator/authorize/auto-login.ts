import { KauthError } from '../errors/kauth-error.ts'
import type { Agreement } from '../state/grants.ts'
import { findPersonByHint, type Person, settleInteraction } from '../state/people.ts'
import type { World } from '../world.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import { redirectWithCode } from './issue-code.ts'
import { type ConsentStep, nextStep, type Step } from './next-step.ts'
import {
  APP_BLOCKED,
  CANCELLED,
  type LoginRefusal,
  redirectBack,
  refusalWithoutPages,
  TOO_YOUNG,
} from './redirect-back.ts'

/**
 * A whole login without a page: `login_hint` picks the person, else the first; everything offered is
 * agreed to but what that person refuses. `prompt=none` asks nobody and so agrees to nothing.
 */
export function autoLogin(world: World, request: AuthorizeRequest): Response {
  const person = pickPerson(world, request)
  if (person === undefined) return redirectBack(request, CANCELLED)

  const { links, people } = world.state
  const link = links.find(request.client.app.id, person.id)
  if (!request.prompt.has('none')) settleInteraction(people, person)
  const step = nextStep({ request, person: people.get(person.id) ?? person, link })
  const refusal = refusalOf(step, world, request, person)
  if (refusal !== undefined) return redirectBack(request, refusal)

  const agreed = step.kind === 'consent' ? agreeTo(step, person) : undefined
  const signedIn = { id: person.id, authenticatedAt: world.clock.now() }
  return redirectWithCode(world, request, signedIn, agreed)
}

function pickPerson({ state }: World, { loginHint }: AuthorizeRequest): Person | undefined {
  const people = [...state.people.values()]
  const hinted = loginHint === undefined ? undefined : findPersonByHint(people, loginHint)
  return hinted ?? people[0]
}

function agreeTo({ items, terms }: ConsentStep, { refuses }: Person): Agreement {
  const offered = items.map(({ id }) => id)
  return {
    items: offered.filter((id) => !refuses.includes(id)),
    terms: terms.map(({ tag }) => tag),
  }
}

function refusalOf(
  step: Step,
  world: World,
  { prompt }: AuthorizeRequest,
  { refuses }: Person,
): LoginRefusal | undefined {
  if (step.kind === 'not_a_member') throw new KauthError('KOE005')
  if (step.kind === 'app_blocked') return APP_BLOCKED
  if (step.kind === 'too_young') return TOO_YOUNG
  if (prompt.has('none')) return refusalWithoutPages(step, world)
  // A required item cannot be refused alone: whoever will not share it has to cancel.
  const refusesRequired =
    step.kind === 'consent' &&
    step.items.some(({ id, level }) => level === 'required' && refuses.includes(id))
  return refusesRequired ? CANCELLED : undefined
}
