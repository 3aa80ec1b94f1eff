import { html } from 'hono/html'
import type { ErrorCode } from '../errors.ts'
import { gate } from './gate.ts'
import { kakaoButton } from './kakao-button.ts'
import type { Language } from './language.ts'
import { type Html, layout } from './layout.ts'
import { moment } from './moment.ts'
import { PROBLEM_TEXTS, TEXTS } from './texts/texts.ts'
import { type WithdrawalOffer, withdrawalOffer } from './withdrawal-offer.ts'

export interface ProblemView {
  readonly language: Language
  /** The HTTP status of the answer. */
  readonly status: number
  readonly code: ErrorCode
  /** Kakao's own code: text such as `KOE320`, or a number such as -3. */
  readonly kakaoCode?: string | number | undefined
  readonly requestId: string
  /** Set where signing in again may help. */
  readonly loginUrl?: string | undefined
  readonly homeUrl: string
  /** Consent items without which the visitor cannot come in. */
  readonly missingConsents?: readonly string[] | undefined
  /** Set for a member who cannot come in, and may leave instead. */
  readonly withdrawal?: WithdrawalOffer | undefined
  /** When it is over, where that is known. */
  readonly until?: Date | undefined
}

/**
 * The page a browser gets in place of a problem in JSON; it says the same.
 *
 * @see [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457.html)
 */
export function problemPage(view: ProblemView): Html {
  const { language, loginUrl, homeUrl, until, withdrawal } = view
  const { siteName, problem } = TEXTS[language]
  const { title, text } = PROBLEM_TEXTS[language][view.code]

  return layout({
    language,
    title: `${title} · ${siteName}`,
    body: html`
      ${gate('closed')}
      <main class="card">
        <h1>${title}</h1>
        <p class="lead">${text}</p>
        ${until === undefined ? '' : html`<p class="notice">${problem.until}: ${moment(language, until)}</p>`}
        ${consentList(view)}
        ${loginUrl === undefined ? '' : kakaoButton(language, loginUrl)}
        <a class="button" href="${homeUrl}">${problem.home}</a>
        ${withdrawal === undefined ? '' : withdrawalOffer(language, withdrawal)}
      </main>
      ${supportFacts(view)}`,
  })
}

function consentList({ language, missingConsents = [] }: ProblemView): Html | string {
  if (missingConsents.length === 0) return ''
  const names: Readonly<Record<string, string>> = TEXTS[language].consentItems
  return html`<ul class="items">${missingConsents.map((id) => html`<li>${names[id] ?? id}</li>`)}</ul>`
}

/** What the visitor can read out to whoever helps. */
function supportFacts({ language, status, code, kakaoCode, requestId }: ProblemView): Html {
  const texts = TEXTS[language].problem
  return html`
    <dl class="support">
      <div><dt>${texts.code}</dt><dd>${code} (${status})</dd></div>
      ${kakaoCode === undefined ? '' : html`<div><dt>${texts.kakaoCode}</dt><dd>${kakaoCode}</dd></div>`}
      <div><dt>${texts.requestId}</dt><dd>${requestId}</dd></div>
    </dl>`
}
