import { html } from 'hono/html'
import type { Language } from './language.ts'
import type { Html } from './layout.ts'
import { TEXTS } from './texts/texts.ts'

/**
 * The login button, a plain link. Container, symbol and label are as Kakao's rules want them.
 *
 * @see [Kakao: design guide](https://developers.kakao.com/docs/latest/en/kakaologin/design-guide)
 */
export function kakaoButton(language: Language, loginUrl: string): Html {
  return html`<a class="kakao-button" href="${loginUrl}">
      <svg class="kakao-symbol" viewBox="0 0 24 22" aria-hidden="true" focusable="false">
        <path fill="#000000" d="M12 1C5.9 1 1 4.8 1 9.4c0 3 2 5.6 5 7.1l-1.2 4.5 5.2-3.4c.7.1 1.3.2 2 .2 6.1 0 11-3.8 11-8.4S18.1 1 12 1Z"/>
      </svg>
      <span>${TEXTS[language].kakaoLogin}</span>
    </a>`
}
