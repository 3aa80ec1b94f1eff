import { html } from 'hono/html'
import { gate } from './gate.ts'
import type { Language } from './language.ts'
import { type Html, layout } from './layout.ts'
import { moment } from './moment.ts'
import { TEXTS, type WithdrawalTexts } from './texts/texts.ts'

export interface WithdrawalView {
  readonly language: Language
  /** Where the form goes. */
  readonly action: string
  readonly homeUrl: string
  /** What has to be kept, and until when. */
  readonly retained: readonly {
    readonly kind: keyof WithdrawalTexts['retained']
    readonly until: Date
  }[]
  /** When they could come back; `null`: whenever they like. */
  readonly rejoinAt: Date | null
}

/** Asks whoever wants to leave once more, and says what it means. */
export function withdrawalPage(view: WithdrawalView): Html {
  const { language, action, homeUrl } = view
  const { siteName, withdrawal } = TEXTS[language]

  return layout({
    language,
    title: `${withdrawal.title} · ${siteName}`,
    body: html`
      ${gate('open')}
      <main class="card">
        <h1>${withdrawal.title}</h1>
        <p class="lead">${withdrawal.lead}</p>
        <ul class="points">${withdrawal.points.map((point) => html`<li>${point}</li>`)}</ul>
        ${facts(view, withdrawal)}
        <form method="post" action="${action}"><button class="button">${withdrawal.button}</button></form>
        <a class="button" href="${homeUrl}">${withdrawal.stay}</a>
      </main>`,
  })
}

function facts(
  { language, retained, rejoinAt }: WithdrawalView,
  texts: WithdrawalTexts,
): Html | '' {
  if (retained.length === 0 && rejoinAt === null) return ''
  return html`
    <dl class="facts">
      ${retained.map(
        ({ kind, until }) =>
          html`<div><dt>${texts.retained[kind]}</dt><dd>${moment(language, until)}</dd></div>`,
      )}
      ${rejoinAt === null ? '' : html`<div><dt>${texts.rejoin}</dt><dd>${moment(language, rejoinAt)}</dd></div>`}
    </dl>`
}
