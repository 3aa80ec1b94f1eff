import { html } from 'hono/html'
import type { JournalEntry } from '../control/journal.ts'
import { controlForm, submitButton } from './control-form.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'
import { table, wayBack } from './table.ts'

const TEXT = {
  ko: {
    title: '받은 요청',
    at: '시각 (UTC)',
    request: '요청',
    status: '상태',
    clear: '모두 지우기',
    none: '받은 요청이 없습니다.',
    back: '처음 화면',
  },
  en: {
    title: 'Requests received',
    at: 'Time (UTC)',
    request: 'Request',
    status: 'Status',
    clear: 'Clear all',
    none: 'No request has come yet.',
    back: 'First page',
  },
} as const satisfies Record<Language, object>

const JOURNAL = '/_emulator/journal'
const MOST_ROWS = 200

/** The requests received, the latest first. */
export function journalPage(entries: readonly JournalEntry[], language: Language): Html {
  const text = TEXT[language]
  const rows = entries.slice(-MOST_ROWS).reverse().map(toRow)
  const clear = submitButton(text.clear, 'quiet')
  return layout(
    text.title,
    language,
    html`<h1>${text.title}</h1>
${rows.length === 0 ? html`<p class="lead">${text.none}</p>` : table([text.at, text.request, text.status], rows)}
${rows.length === 0 ? '' : controlForm({ action: JOURNAL, back: JOURNAL, method: 'DELETE' }, clear)}
${wayBack(text.back)}`,
    'wide',
  )
}

function toRow({ at, method, path, query, status }: JournalEntry) {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${String(value)}`)
  const details = parameters.length === 0 ? '' : html`<br><small>${parameters.join(' ')}</small>`
  return [at.slice(11, 19), html`${method} ${path}${details}`, String(status)]
}
