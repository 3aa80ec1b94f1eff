import { html } from 'hono/html'
import { PAGES, PENDING_LOGIN } from '../account/page-paths.ts'
import type { Person } from '../state/people.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    title: '카카오 통합 약관 동의',
    lead: (name: string) => `${name}님, 계속하려면 카카오의 약관에 동의해야 합니다.`,
    submit: '동의하고 계속하기',
  },
  en: {
    title: 'Kakao terms of service',
    lead: (name: string) => `${name}, Kakao needs your agreement before you go on.`,
    submit: 'Agree and continue',
  },
} as const satisfies Record<Language, object>

/** What Kakao wants of the person first. */
export function termsPage(props: {
  readonly pendingId: string
  readonly person: Person
  readonly language: Language
}): Html {
  const { pendingId, person, language } = props
  const text = TEXT[language]
  return layout(
    text.title,
    language,
    html`<h1>${text.title}</h1>
<p class="lead">${text.lead(person.nickname)}</p>
<form method="post" action="${PAGES.interaction}">
<input type="hidden" name="${PENDING_LOGIN}" value="${pendingId}">
<button class="primary">${text.submit}</button>
</form>`,
  )
}
