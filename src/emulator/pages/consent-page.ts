import { html } from 'hono/html'
import { PAGES, PENDING_LOGIN } from '../account/page-paths.ts'
import { CONSENT_ITEMS } from '../consent-items.ts'
import type { AppConsentItem } from '../state/apps.ts'
import type { Person } from '../state/people.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    title: '동의하고 계속하기',
    lead: (app: string) => `${app} 서비스에 연결하려면 동의가 필요합니다.`,
    items: '제공할 정보',
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
  readonly items: readonly AppConsentItem[]
  readonly language: Language
}

/** What the app wants to know, item by item. */
export function consentPage({
  pendingId,
  appName,
  person,
  items,
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
  const word = isRequired ? TEXT[language].required : TEXT[language].optional
  return html`<label class="choice"><input type="checkbox" name="agree" value="${id}"${isTicked ? ' checked' : ''}${isRequired ? ' required' : ''}>
<span><em>[${word}]</em> ${CONSENT_ITEMS[id][language]}</span></label>
`
}
