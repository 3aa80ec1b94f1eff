import type { AppConsentItem, AppServiceTerm } from '../state/apps.ts'
import type { Link } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import type { AuthorizeRequest } from './authorize-request.ts'

/** What a login needs next. */
export type Step =
  | { readonly kind: 'sign_in' }
  /** The app is a test app and the person no member. */
  | { readonly kind: 'not_a_member' }
  | { readonly kind: 'app_blocked' }
  | { readonly kind: 'too_young' }
  /** Kakao wants something of the person first. */
  | { readonly kind: 'interaction' }
  | {
      readonly kind: 'consent'
      readonly items: readonly AppConsentItem[]
      readonly terms: readonly AppServiceTerm[]
    }
  | { readonly kind: 'code' }

export type ConsentStep = Extract<Step, { kind: 'consent' }>

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
  if (app.settings.blocked) return { kind: 'app_blocked' }
  if (person === undefined) return { kind: 'sign_in' }
  if (app.testMembers?.has(person.id) === false) return { kind: 'not_a_member' }
  if (person.under_14 && !app.settings.admits_under_14) return { kind: 'too_young' }
  if (person.needs_interaction || person.blocked) return { kind: 'interaction' }

  const items = itemsToAsk(request, link)
  const terms = termsToAsk(request, link)
  const mustAsk = link === undefined || items.length > 0 || terms.some(({ required }) => required)
  return mustAsk ? { kind: 'consent', items, terms } : { kind: 'code' }
}

/** Whether the request wants the person to sign in although someone may be signed in already. */
export function wantsNewSignIn({ prompt }: AuthorizeRequest): boolean {
  return prompt.has('login') || prompt.has('create') || prompt.has('select_account')
}

/** At the first link every item but those for use; after it only what `scope` names and lacks. */
function itemsToAsk(request: AuthorizeRequest, link: Link | undefined): AppConsentItem[] {
  return request.client.app.settings.consent_items.filter(({ id, level }) => {
    if (link?.agreedAt.has(id)) return false
    return request.scope.includes(id) || (link === undefined && level !== 'during_use')
  })
}

/** At the first link every term, or those that `service_terms` names; after it only the latter. */
function termsToAsk(
  { client, serviceTerms }: AuthorizeRequest,
  link: Link | undefined,
): AppServiceTerm[] {
  return client.app.settings.service_terms.filter(({ tag }) => {
    if (link?.terms.has(tag)) return false
    return serviceTerms === undefined ? link === undefined : serviceTerms.includes(tag)
  })
}
