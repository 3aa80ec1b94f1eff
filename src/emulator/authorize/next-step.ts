import type { AppConsentItem } from '../state/apps.ts'
import type { Link } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import type { AuthorizeRequest } from './authorize-request.ts'

/** What a login needs next. */
export type Step =
  | { readonly kind: 'sign_in' }
  /** The app is a test app and the person no member. */
  | { readonly kind: 'not_a_member' }
  | { readonly kind: 'too_young' }
  /** Kakao wants something of the person first. */
  | { readonly kind: 'interaction' }
  | { readonly kind: 'consent'; readonly items: readonly AppConsentItem[] }
  | { readonly kind: 'code' }

/** What is known when the next step of a login is decided. */
export interface LoginFacts {
  readonly request: AuthorizeRequest
  /** Who is signed in; absent also where `prompt` asks for a new sign-in that has not happened. */
  readonly person?: Person
  readonly link?: Link | undefined
}

/** Decides the next step of a login. The order is Kakao's. */
export function nextStep({ request, person, link }: LoginFacts): Step {
  const { app } = request.client
  if (person === undefined) return { kind: 'sign_in' }
  if (app.testMembers?.has(person.id) === false) return { kind: 'not_a_member' }
  if (person.under_14 && !app.admitsUnder14) return { kind: 'too_young' }
  if (person.needs_interaction) return { kind: 'interaction' }

  const items = itemsToAsk(request, link)
  const mustAsk = link === undefined || items.length > 0
  return mustAsk ? { kind: 'consent', items } : { kind: 'code' }
}

/** Whether the request wants the person to sign in although someone may be signed in already. */
export function wantsNewSignIn({ prompt }: AuthorizeRequest): boolean {
  return prompt.has('login') || prompt.has('create') || prompt.has('select_account')
}

/** At the first link every item but those for use; after it only what `scope` names and lacks. */
function itemsToAsk(request: AuthorizeRequest, link: Link | undefined): AppConsentItem[] {
  return request.client.app.consentItems.filter(({ id, level }) => {
    if (link?.agreedAt.has(id)) return false
    return request.scope.includes(id) || (link === undefined && level !== 'during_use')
  })
}
