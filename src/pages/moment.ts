import { html } from 'hono/html'
import type { Language } from './language.ts'
import type { Html } from './layout.ts'

const LOCALES = { ko: 'ko-KR', en: 'en-GB' } as const satisfies Record<Language, string>

/** A point in time as people in Korea read it on a clock. */
export function moment(language: Language, at: Date): Html {
  const text = new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Seoul',
  }).format(at)
  return html`<time datetime="${at.toISOString()}">${text}</time>`
}
