import { html } from 'hono/html'
import type { Language } from './language.ts'
import type { Html } from './layout.ts'
import { TEXTS } from './texts/texts.ts'

export interface WithdrawalOffer {
  /** Where the form goes. */
  readonly action: string
  /** Says whose it is, to us alone. */
  readonly ticket: string
}

/** The way out for a member who cannot come in. It takes two presses: it cannot be undone. */
export function withdrawalOffer(language: Language, { action, ticket }: WithdrawalOffer): Html {
  const { offer, warning, button } = TEXTS[language].withdrawal
  return html`
    <details class="withdrawal">
      <summary>${offer}</summary>
      <p class="small">${warning}</p>
      <form method="post" action="${action}">
        <input type="hidden" name="ticket" value="${ticket}">
        <button class="button">${button}</button>
      </form>
    </details>`
}
