import { html } from 'hono/html'
import type { Parameters } from '../parameters.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    title: '로그아웃',
    lead: (app: string) => `${app} 서비스에서 로그아웃했습니다. 카카오계정에서도 로그아웃할까요?`,
    account: '카카오계정과 함께 로그아웃',
    service: '이 서비스만 로그아웃',
  },
  en: {
    title: 'Log out',
    lead: (app: string) => `You have left ${app}. Leave your Kakao Account as well?`,
    account: 'Log out of the Kakao Account too',
    service: 'Log out of this service only',
  },
} as const satisfies Record<Language, object>

export interface AccountLogoutPageProps {
  readonly action: string
  /** What the service sent; the form sends it again. */
  readonly parameters: Parameters
  readonly appName: string
  readonly language: Language
}

/** Whether to leave the service only, or the Kakao Account as well. */
export function accountLogoutPage({
  action,
  parameters,
  appName,
  language,
}: AccountLogoutPageProps): Html {
  const text = TEXT[language]
  return layout(
    text.title,
    language,
    html`<h1>${text.title}</h1>
<p class="lead">${text.lead(appName)}</p>
<form method="post" action="${action}">
${[...parameters].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="actions">
<button class="primary" name="decision" value="account">${text.account}</button>
<button class="quiet" name="decision" value="service">${text.service}</button>
</div>
</form>`,
  )
}
