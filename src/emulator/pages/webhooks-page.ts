import { html } from 'hono/html'
import type { SentWebhook } from '../webhooks/post-office.ts'
import type { World } from '../world.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'
import { table, wayBack } from './table.ts'

const TEXT = {
  ko: {
    title: '보낸 웹훅',
    at: '시각 (UTC)',
    person: '사람',
    about: '무엇',
    answer: '응답',
    none: '보낸 웹훅이 없습니다. 주소는 앱 설정에 있습니다.',
    back: '처음 화면',
  },
  en: {
    title: 'Webhooks sent',
    at: 'Time (UTC)',
    person: 'Person',
    about: 'About',
    answer: 'Answer',
    none: "No webhook has been sent yet. Their addresses are in the app's settings.",
    back: 'First page',
  },
} as const satisfies Record<Language, object>

const MOST_ROWS = 200

/** The webhooks sent, the latest first. */
export function webhooksPage(props: { readonly world: World; readonly language: Language }): Html {
  const text = TEXT[props.language]
  const rows = props.world.postOffice.sent().slice(-MOST_ROWS).reverse().map(toRow)
  const head = [text.at, text.person, text.about, text.answer]
  return layout(
    text.title,
    props.language,
    html`<h1>${text.title}</h1>
${rows.length === 0 ? html`<p class="lead">${text.none}</p>` : table(head, rows)}
${wayBack(text.back)}`,
    'wide',
  )
}

function toRow({ at, person, kind, about, deliveries }: SentWebhook) {
  const answers = deliveries.map(({ status, ms }) => `${status} (${ms} ms)`)
  return [
    at.slice(11, 19),
    html`<a href="/_emulator/people/${person}">${person}</a>`,
    html`${kind}<br><small>${about.split('/').at(-1)}</small>`,
    answers.join(', '),
  ]
}
