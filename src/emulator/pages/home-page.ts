import { html } from 'hono/html'
import type { World } from '../world.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    title: '카카오 에뮬레이터',
    lead: '카카오 로그인을 카카오 없이 시험하는 서버입니다.',
    apps: '앱',
    people: '사람들',
    app: '앱 ID',
    key: 'REST API 키',
    name: '이름',
    email: '이메일',
    links: '더 보기',
    journal: '받은 요청',
    faults: '걸어 둔 장애',
    discovery: '디스커버리 문서',
  },
  en: {
    title: 'Kakao emulator',
    lead: 'A server to test Kakao Login against, without Kakao.',
    apps: 'Apps',
    people: 'People',
    app: 'App id',
    key: 'REST API key',
    name: 'Name',
    email: 'E-mail',
    links: 'See also',
    journal: 'Requests received',
    faults: 'Faults waiting',
    discovery: 'Discovery document',
  },
} as const satisfies Record<Language, object>

/** What this is, and who lives here. */
export function homePage({ state }: World, language: Language): Html {
  const text = TEXT[language]
  const apps = state.apps.map(({ id, name, clientKeys }) => {
    const keys = clientKeys.filter(({ kind }) => kind === 'rest').map(({ key }) => key)
    return [String(id), name, keys.join(', ')]
  })
  const people = [...state.people.values()].map((person) => [
    person.id,
    person.nickname,
    person.email ?? '–',
  ])
  return layout(
    text.title,
    language,
    html`<h1>${text.title}</h1>
<p class="lead">${text.lead}</p>
<h2>${text.apps}</h2>
${table([text.app, text.name, text.key], apps)}
<h2>${text.people}</h2>
${table(['ID', text.name, text.email], people)}
<h2>${text.links}</h2>
<p><a href="/_emulator/journal">${text.journal}</a> · <a href="/_emulator/faults">${text.faults}</a> ·
<a href="/.well-known/openid-configuration">${text.discovery}</a></p>`,
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table>`
}
