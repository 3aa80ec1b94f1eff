import { html } from 'hono/html'
import type { Link } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import { REFERRER_TYPES } from '../webhooks/unlink-webhook.ts'
import type { World } from '../world.ts'
import { controlForm, selectField, submitButton } from './control-form.ts'
import type { Language } from './language.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    none: '연결된 앱이 없습니다.',
    linked: '연결',
    items: '동의항목',
    terms: '서비스 약관',
    how: '해제 경로',
    unlink: '연결 해제',
  },
  en: {
    none: 'The person is linked to no app.',
    linked: 'Linked',
    items: 'Consent items',
    terms: 'Service terms',
    how: 'How it ends',
    unlink: 'Unlink',
  },
} as const satisfies Record<Language, object>

/** The apps that a person is linked to, each with a way to end it. */
export function personLinks({ state }: World, person: Person, language: Language): Html {
  const links = state.links.ofPerson(person.id)
  if (links.length === 0) return html`<p>${TEXT[language].none}</p>`
  return html`${links.map((link) => linkCard(link, nameOf(link), language))}`

  function nameOf({ appId }: Link): string {
    return state.apps.find(({ id }) => id === appId)?.name ?? String(appId)
  }
}

function linkCard(link: Link, appName: string, language: Language): Html {
  const text = TEXT[language]
  const address = `/_emulator/people/${link.personId}`
  const fields = html`<input type="hidden" name="app_id:number" value="${link.appId}">
${selectField(text.how, 'referrer_type', REFERRER_TYPES)}${submitButton(text.unlink, 'quiet')}`
  return html`<div class="card">
<p><strong>${appName}</strong> <small>${link.appId}</small></p>
<p><small>${text.linked}: ${link.linkedAt.toISOString()}</small></p>
${listOf(text.items, [...link.agreedAt.keys()])}
${listOf(text.terms, [...link.terms.keys()])}
${controlForm({ action: `${address}/unlink`, back: address }, fields)}
</div>
`
}

function listOf(label: string, ids: readonly string[]): Html | string {
  return ids.length === 0 ? '' : html`<p><small>${label}: ${ids.join(', ')}</small></p>`
}
