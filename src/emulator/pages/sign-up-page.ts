import { html } from 'hono/html'
import { PAGES, PENDING_LOGIN } from '../account/page-paths.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: {
    title: '카카오계정 만들기',
    lead: '에뮬레이터 안에서만 쓰는 새 계정입니다.',
    nickname: '닉네임',
    email: '이메일 (선택)',
    submit: '만들고 계속하기',
    signIn: '이미 있는 계정으로 로그인',
    refused: '닉네임과 이메일을 확인해 주세요.',
  },
  en: {
    title: 'Create a Kakao Account',
    lead: 'A new account that exists in the emulator only.',
    nickname: 'Nickname',
    email: 'E-mail (optional)',
    submit: 'Create and continue',
    signIn: 'Sign in with an existing account',
    refused: 'Please check the nickname and the e-mail address.',
  },
} as const satisfies Record<Language, object>

export interface SignUpPageProps {
  readonly pendingId: string
  readonly language: Language
  /** Whether what was sent could not be used. */
  readonly refused?: boolean
}

/** A new Kakao Account. */
export function signUpPage({ pendingId, language, refused = false }: SignUpPageProps): Html {
  const text = TEXT[language]
  return layout(
    text.title,
    language,
    html`<h1>${text.title}</h1>
<p class="lead">${text.lead}</p>
${refused ? html`<p class="problem" role="alert">${text.refused}</p>` : ''}
<form method="post" action="${PAGES.signUp}">
<input type="hidden" name="${PENDING_LOGIN}" value="${pendingId}">
<label class="field">${text.nickname}<input name="nickname" required maxlength="20" autocomplete="off"></label>
<label class="field">${text.email}<input name="email" type="email" autocomplete="off"></label>
<button class="primary">${text.submit}</button>
</form>
<p class="aside"><a href="${PAGES.signIn}?${PENDING_LOGIN}=${pendingId}">${text.signIn}</a></p>`,
  )
}
