import { html } from 'hono/html'
import { PAGES, PENDING_LOGIN } from '../account/page-paths.ts'
import type { ConsentStep } from '../authorize/next-step.ts'
import { CONSENT_ITEMS } from '../consent-items.ts'
import type { AppConsentItem, AppServiceTerm } from '../state/apps.ts'
import type { Person } from '../state/people.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    title: '동의하고 계속하기',
    lead: (app: string) => `${app} 서비스에 연결하려면 동의가 필요합니다.`,
    items: '제공할 정보',
    terms: '서비스 약관',
    required: '필수',
    optional: '선택',
    agree: '동의하고 계속하기',
    cancel: '취소',
    other: '다른 카카오계정으로 로그인',
  },
  en: {
    title: 'Agree and continue',
    lead: (app: string) => `${app} needs your consent to connect.`,
    items: 'What is shared',
    terms: 'Terms of the service',
    required: 'Required',
    optional: 'Optional',
    agree: 'Agree and continue',
    cancel: 'Cancel',
    other: 'Use another Kakao Account',
  },
} as const satisfies Record<Language, object>

export interface ConsentPageProps {
  readonly pendingId: string
  readonly appName: string
  readonly person: Person
  readonly step: ConsentStep
  readonly language: Language
}

/** What the app wants to know, item by item. */
export function consentPage({
  pendingId,
  appName,
  person,
  step: { items, terms },
  language,
}: ConsentPageProps): Html {
  const text = TEXT[language]
  return layout(
    text.title,
    language,
    html`<h1>${appName}</h1>
<p class="lead">${text.lead(appName)}</p>
<p class="account"><strong>${person.nickname}</strong> <small>${person.email ?? ''}</small></p>
<form method="post" action="${PAGES.consent}">
<input type="hidden" name="${PENDING_LOGIN}" value="${pendingId}">
${items.length === 0 ? '' : itemList(items, person, language)}
${terms.length === 0 ? '' : termList(terms, language)}
<div class="actions">
<button class="primary" name="decision" value="agree">${text.agree}</button>
<button class="quiet" name="decision" value="cancel" formnovalidate>${text.cancel}</button>
</div>
</form>
<p class="aside"><a href="${PAGES.signIn}?${PENDING_LOGIN}=${pendingId}">${text.other}</a></p>`,
  )
}

function itemList(items: readonly AppConsentItem[], { refuses }: Person, language: Language): Html {
  return html`<fieldset class="items">
<legend>${TEXT[language].items}</legend>
${items.map((item) => itemChoice(item, !refuses.includes(item.id), language))}
</fieldset>`
}

function itemChoice({ id, level }: AppConsentItem, isTicked: boolean, language: Language): Html {
  const isRequired = level === 'required'
  return html`<label class="choice"><input type="checkbox" name="agree" value="${id}"${isTicked ? ' checked' : ''}${isRequired ? ' required' : ''}>
<span>${levelWord(isRequired, language)} ${CONSENT_ITEMS[id][language]}</span></label>
`
}

function termList(terms: readonly AppServiceTerm[], language: Language): Html {
  return html`<fieldset class="items">
<legend>${TEXT[language].terms}</legend>
${terms.map((term) => termChoice(term, language))}
</fieldset>`
}

function termChoice({ tag, title = tag, required }: AppServiceTerm, language: Language): Html {
  return html`<label class="choice"><input type="checkbox" name="term" value="${tag}" checked${required ? ' required' : ''}>
<span>${levelWord(required, language)} ${title}</span></label>
`
}

function levelWord(isRequired: boolean, language: Language): Html {
  const { required, optional } = TEXT[language]
  return html`<em>[${isRequired ? required : optional}]</em>`
}
