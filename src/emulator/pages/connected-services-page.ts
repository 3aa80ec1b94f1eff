import { html } from 'hono/html'
import { CONNECTED_SERVICES } from '../account/page-paths.ts'
import { CONSENT_ITEMS, type ConsentItemId } from '../consent-items.ts'
import { type App, findConsentItem } from '../state/apps.ts'
import type { Link } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import type { World } from '../world.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'
import { personButton } from './sign-in-page.ts'

const TEXT = {
  ko: {
    title: '연결된 서비스 관리',
    lead: '카카오계정으로 연결한 서비스입니다.',
    choose: '누구의 연결된 서비스를 볼까요?',
    none: '연결된 서비스가 없습니다.',
    linked: '연결한 날',
    disconnect: '연결 해제',
    withdraw: '동의 철회',
    required: '필수',
    other: '다른 카카오계정으로 보기',
  },
  en: {
    title: 'Connected services',
    lead: 'Services connected with the Kakao Account.',
    choose: 'Whose connected services do you want to see?',
    none: 'No service is connected.',
    linked: 'Connected on',
    disconnect: 'Disconnect',
    withdraw: 'Withdraw',
    required: 'Required',
    other: 'Use another Kakao Account',
  },
} as const satisfies Record<Language, object>

export interface ConnectedServicesProps {
  readonly world: World
  /** Who is signed in in this browser. */
  readonly person: Person | undefined
  readonly language: Language
}

/** The services of a person; first of all, who that is. */
export function connectedServicesPage({ world, person, language }: ConnectedServicesProps): Html {
  const text = TEXT[language]
  const content =
    person === undefined ? peopleForm(world, language) : serviceList(world, person, language)
  return layout(text.title, language, html`<h1>${text.title}</h1>${content}`)
}

function peopleForm({ state }: World, language: Language): Html {
  return html`<p class="lead">${TEXT[language].choose}</p>
<form method="post" action="${CONNECTED_SERVICES}">
<ul class="people">
${[...state.people.values()].map((person) => personButton(person, false, language))}
</ul>
</form>`
}

function serviceList({ state }: World, person: Person, language: Language): Html {
  const text = TEXT[language]
  const services = state.links.ofPerson(person.id).flatMap((link) => {
    const app = state.apps.find(({ id }) => id === link.appId)
    return app === undefined ? [] : [service(app, link, language)]
  })
  return html`<p class="lead">${services.length === 0 ? text.none : text.lead}</p>
<p class="account"><strong>${person.nickname}</strong> <small>${person.email ?? ''}</small></p>
${services}
<form method="post" action="${CONNECTED_SERVICES}" class="aside">
<button class="link" name="leave" value="true">${text.other}</button>
</form>`
}

function service(app: App, link: Link, language: Language): Html {
  const text = TEXT[language]
  return html`<section class="card">
<form method="post" action="${CONNECTED_SERVICES}">
<input type="hidden" name="app_id" value="${app.id}">
<h2>${app.name}</h2>
<p><small>${text.linked} ${link.linkedAt.toISOString().slice(0, 10)}</small></p>
<ul class="rows">
${[...link.agreedAt.keys()].map((item) => itemRow(app, item, language))}
</ul>
<button class="quiet" name="disconnect" value="true">${text.disconnect}</button>
</form>
</section>
`
}

function itemRow(app: App, item: ConsentItemId, language: Language): Html {
  const text = TEXT[language]
  const isRequired = findConsentItem(app, item)?.level === 'required'
  return html`<li><span>${CONSENT_ITEMS[item][language]}</span>
${
  isRequired
    ? html`<em>${text.required}</em>`
    : html`<button class="small" name="withdraw" value="${item}">${text.withdraw}</button>`
}</li>
`
}
