import { html } from 'hono/html'
import type { ActiveFault } from '../control/faults.ts'
import { stringifyWithLongs } from '../json.ts'
import { controlForm, flagField, submitButton, textField } from './control-form.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'
import { section, wayBack } from './table.ts'

const TEXT = {
  ko: {
    title: '걸어 둔 장애',
    none: '걸어 둔 장애가 없습니다.',
    clear: '모두 지우기',
    add: '장애 걸기',
    method: '메서드 (비우면 모두)',
    path: '경로 (비우면 모두, 끝의 *는 그렇게 시작하는 모두)',
    times: '횟수 (비우면 지울 때까지)',
    koe: 'KOE 코드',
    code: 'kapi 코드',
    status: 'HTTP 상태',
    body: '본문',
    type: '본문의 형식 (content-type)',
    delay: '지연 (밀리초)',
    drop: '응답 없이 연결을 끊음',
    back: '처음 화면',
  },
  en: {
    title: 'Faults waiting',
    none: 'No fault is waiting.',
    clear: 'Clear all',
    add: 'Set a fault',
    method: 'Method (empty: any)',
    path: 'Path (empty: any; with * at the end: all that begin so)',
    times: 'Times (empty: until cleared)',
    koe: 'KOE code',
    code: 'kapi code',
    status: 'HTTP status',
    body: 'Body',
    type: 'Type of the body (content-type)',
    delay: 'Delay (milliseconds)',
    drop: 'Drop the connection without an answer',
    back: 'First page',
  },
} as const satisfies Record<Language, object>

const FAULTS = '/_emulator/faults'

/** What is to go wrong, and a form for more. */
export function faultsPage(faults: readonly ActiveFault[], language: Language): Html {
  const text = TEXT[language]
  return layout(
    text.title,
    language,
    html`<h1>${text.title}</h1>
${faults.length === 0 ? html`<p class="lead">${text.none}</p>` : waiting(faults, language)}
${section(text.add, addForm(language))}
${wayBack(text.back)}`,
    'wide',
  )
}

function waiting(faults: readonly ActiveFault[], language: Language): Html {
  const clear = submitButton(TEXT[language].clear, 'quiet')
  return html`<ul class="rows">${faults.map((fault) => html`<li><code>${stringifyWithLongs(fault)}</code></li>`)}</ul>
${controlForm({ action: FAULTS, back: FAULTS, method: 'DELETE' }, clear)}`
}

function addForm(language: Language): Html {
  const text = TEXT[language]
  return controlForm(
    { action: FAULTS, back: FAULTS },
    html`${textField(text.method, 'method')}${textField(text.path, 'path')}
${textField(text.times, 'times:number', 1, 'number')}
${textField(text.koe, 'koe')}${textField(text.code, 'code:number', '', 'number')}
${textField(text.status, 'status:number', '', 'number')}
${textField(text.body, 'body')}${textField(text.type, 'content_type')}
${textField(text.delay, 'delay_ms:number', '', 'number')}
${flagField(text.drop, 'drop', false)}
${submitButton(text.add)}`,
  )
}
