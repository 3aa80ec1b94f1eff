import { html } from 'hono/html'
import { VARIANTS } from '../control/webhook-schema.ts'
import type { Person } from '../state/people.ts'
import { ACCOUNT_EVENTS } from '../webhooks/event-types.ts'
import { REFERRER_TYPES } from '../webhooks/unlink-webhook.ts'
import { controlForm, selectField, submitButton, textField } from './control-form.ts'
import type { Language } from './language.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    lead: '보내기만 하고, 이 사람에게 바뀌는 것은 없습니다.',
    unlink: '연결 해제 웹훅',
    status: '계정 상태 변경 웹훅',
    reason: '이유',
    event: '이벤트',
    variant: '종류',
    change: '변경 유형 (선택)',
    send: '보내기',
  },
  en: {
    lead: 'It is only sent: nothing about this person changes.',
    unlink: 'Unlink webhook',
    status: 'Account-status webhook',
    reason: 'Reason',
    event: 'Event',
    variant: 'Variant',
    change: 'Type of change (optional)',
    send: 'Send',
  },
} as const satisfies Record<Language, object>

/** Sends either webhook about a person and shows what the service answered. */
export function webhookForm(person: Person, language: Language): Html {
  const text = TEXT[language]
  return html`<p>${text.lead}</p>
<details><summary>${text.unlink}</summary>${unlinkForm(person, language)}</details>
<details><summary>${text.status}</summary>${statusForm(person, language)}</details>`
}

function unlinkForm(person: Person, language: Language): Html {
  const text = TEXT[language]
  const variants = VARIANTS.filter((one) => !ONLY_OF_TOKENS.includes(one))
  return form(
    person,
    html`<input type="hidden" name="kind" value="unlink">
${selectField(text.reason, 'reason', REFERRER_TYPES)}
${selectField(text.variant, 'variant', variants)}
${submitButton(text.send)}`,
  )
}

/** Ways to be wrong that a request without a token has not. */
const ONLY_OF_TOKENS: readonly string[] = [
  'late',
  'wrong_issuer',
  'wrong_type',
  'unknown_key',
  'no_jti',
]

function statusForm(person: Person, language: Language): Html {
  const text = TEXT[language]
  return form(
    person,
    html`<input type="hidden" name="kind" value="account_status">
${selectField(text.event, 'event', Object.keys(ACCOUNT_EVENTS))}
${selectField(text.variant, 'variant', VARIANTS)}
${textField(text.reason, 'reason')}
${textField(text.change, 'change_type')}
${submitButton(text.send)}`,
  )
}

function form({ id }: Person, fields: Html): Html {
  const back = `/_emulator/people/${id}`
  return controlForm(
    { action: '/_emulator/webhooks', back, shows: true },
    html`<input type="hidden" name="person" value="${id}">${fields}`,
  )
}
