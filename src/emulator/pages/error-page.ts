import { html } from 'hono/html'
import { describeKoeCode } from '../errors/koe-codes.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    title: '로그인할 수 없습니다',
    lead: '서비스 설정에 오류가 있어 이용할 수 없습니다.',
    setUp: '앱 관리자라면',
    lost: '이 로그인은 끝났거나 다른 브라우저에서 시작되었습니다. 서비스에서 다시 시작해 주세요.',
  },
  en: {
    title: 'Login is not possible',
    lead: 'The service is not set up correctly.',
    setUp: 'For the administrator of the app',
    lost: 'This login is over or began in another browser. Please start again at the service.',
  },
} as const satisfies Record<Language, object>

/** Where a login ends because of a mistake in the app's settings. */
export function errorPage(koe: string, language: Language): Html {
  const text = TEXT[language]
  return layout(
    `${text.title} (${koe})`,
    language,
    html`<h1>${text.title}</h1>
<p class="lead">${text.lead}</p>
<section class="problem">
<h2>${text.setUp}</h2>
<p>${describeKoeCode(koe)[language]}</p>
<p><code>${koe}</code></p>
</section>`,
  )
}

/** Where a page ends whose login is gone. */
export function lostPage(language: Language): Html {
  const text = TEXT[language]
  return layout(text.title, language, html`<h1>${text.title}</h1><p class="lead">${text.lost}</p>`)
}
