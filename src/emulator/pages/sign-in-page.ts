import { html } from 'hono/html'
import { PAGES, PENDING_LOGIN } from '../account/page-paths.ts'
import type { Person } from '../state/people.ts'
import { thumbnailUrl } from '../user/pictures.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    title: '카카오계정 로그인',
    lead: (app: string) => `${app}에 로그인할 사람을 고르세요.`,
    hinted: '로그인 힌트',
    noEmail: '이메일 없음',
    stay: '로그인 상태 유지',
    signUp: '새 카카오계정 만들기',
    nobody: '아직 아무도 없습니다. 새 카카오계정을 만들어 주세요.',
  },
  en: {
    title: 'Kakao Account',
    lead: (app: string) => `Choose who signs in to ${app}.`,
    hinted: 'Login hint',
    noEmail: 'No e-mail',
    stay: 'Stay signed in',
    signUp: 'Create a new Kakao Account',
    nobody: 'There is nobody yet. Create a new Kakao Account.',
  },
} as const satisfies Record<Language, object>

export interface SignInPageProps {
  readonly pendingId: string
  readonly appName: string
  readonly people: readonly Person[]
  /** Whom the app's `login_hint` means. */
  readonly hinted: Person | undefined
  readonly language: Language
}

/** The choice of people: a button each. */
export function signInPage({
  pendingId,
  appName,
  people,
  hinted,
  language,
}: SignInPageProps): Html {
  const text = TEXT[language]
  const sorted = hinted ? [hinted, ...people.filter(({ id }) => id !== hinted.id)] : people
  return layout(
    text.title,
    language,
    html`<h1>${text.title}</h1>
<p class="lead">${sorted.length === 0 ? text.nobody : text.lead(appName)}</p>
<form method="post" action="${PAGES.signIn}">
<input type="hidden" name="${PENDING_LOGIN}" value="${pendingId}">
<ul class="people">
${sorted.map((person) => personButton(person, person.id === hinted?.id, language))}
</ul>
<label class="choice"><input type="checkbox" name="stay" value="true"> ${text.stay}</label>
</form>
<p class="aside"><a href="${PAGES.signUp}?${PENDING_LOGIN}=${pendingId}">${text.signUp}</a></p>`,
  )
}

/** A person to choose, as one of a form's buttons. */
export function personButton(person: Person, isHinted: boolean, language: Language): Html {
  const text = TEXT[language]
  return html`<li><button class="person" name="person" value="${person.id}">
<img src="${thumbnailUrl(person, '')}" alt="" width="44" height="44">
<span class="who"><strong>${person.nickname}</strong>
<small>${person.email ?? text.noEmail}</small></span>
${isHinted ? html`<span class="badge">${text.hinted}</span>` : ''}
</button></li>
`
}
