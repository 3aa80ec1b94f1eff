import { html } from 'hono/html'
import { gate } from './gate.ts'
import { kakaoButton } from './kakao-button.ts'
import type { Language } from './language.ts'
import { type Html, layout } from './layout.ts'
import { type HomeTexts, TEXTS } from './texts/texts.ts'

export interface SignedInUser {
  readonly nickname: string | null
  readonly email: string | null
  readonly emailVerified: boolean
  /** `kakao_<id>` */
  readonly socialId: string
}

export interface HomeView {
  readonly language: Language
  /** Who is signed in; absent for a guest. */
  readonly user?: SignedInUser | undefined
  readonly loginUrl: string
  readonly logoutUrl: string
  readonly withdrawUrl: string
  /** Why the visitor is back without having signed in. */
  readonly notice?: keyof HomeTexts['notices'] | undefined
  /** Set while a local emulator plays Kakao. */
  readonly emulatorUrl?: string | undefined
}

/** The front page: the way in for a guest; for a member, who is signed in and the way out. */
export function homePage(view: HomeView): Html {
  const { language, user, emulatorUrl } = view
  const { siteName, home } = TEXTS[language]

  return layout({
    language,
    title: siteName,
    body: html`
      ${gate(user ? 'open' : 'closed')}
      <main class="card">
        ${user ? memberPart(user, view, home) : guestPart(view)}
      </main>
      ${emulatorUrl === undefined ? '' : emulatorHint(emulatorUrl, home)}`,
  })
}

function guestPart({ language, loginUrl, notice }: HomeView): Html {
  const { siteName, home } = TEXTS[language]
  return html`
    <h1>${siteName}</h1>
    <p class="lead">${home.invitation}</p>
    ${notice === undefined ? '' : html`<p class="notice" role="status">${home.notices[notice]}</p>`}
    ${kakaoButton(language, loginUrl)}
    <p class="small">${home.firstVisit}</p>`
}

function memberPart(
  user: SignedInUser,
  { logoutUrl, withdrawUrl }: HomeView,
  texts: HomeTexts,
): Html {
  return html`
    <h1>${greeting(user.nickname, texts)}</h1>
    <p class="lead">${texts.signedIn}</p>
    <dl class="facts">
      <div><dt>${texts.socialId}</dt><dd>${user.socialId}</dd></div>
      <div><dt>${texts.email}</dt><dd>${emailFact(user, texts)}</dd></div>
    </dl>
    <form method="post" action="${logoutUrl}">
      <input type="hidden" name="next" value="/">
      <button class="button">${texts.logout}</button>
    </form>
    <p class="small"><a href="${withdrawUrl}">${texts.withdraw}</a></p>`
}

function greeting(nickname: string | null, texts: HomeTexts): Html | string {
  if (nickname === null) return texts.greeting
  const [before, after] = texts.greetingByName
  return html`${before}<bdi>${nickname}</bdi>${after}`
}

function emailFact({ email, emailVerified }: SignedInUser, texts: HomeTexts): Html {
  if (email === null) return html`<span class="quiet">${texts.emailNotShared}</span>`
  return emailVerified
    ? html`${email} <span class="badge badge-good">${texts.emailVerified}</span>`
    : html`${email} <span class="badge">${texts.emailNotVerified}</span>`
}

function emulatorHint(emulatorUrl: string, texts: HomeTexts): Html {
  return html`<p class="hint">${texts.emulator} <a href="${emulatorUrl}">${emulatorUrl}</a></p>`
}
