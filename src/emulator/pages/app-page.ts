import { html } from 'hono/html'
import type { App } from '../state/apps.ts'
import { controlForm, flagField, jsonForm, submitButton } from './control-form.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'
import { section, wayBack } from './table.ts'

const TEXT = {
  ko: {
    main: '카카오 로그인',
    login_enabled: '카카오 로그인 사용',
    openid_connect: 'OpenID Connect 사용',
    automatic_linking: '로그인하면 자동 연결',
    admits_under_14: '14세 미만도 사용',
    blocked: '제재된 앱',
    all: '모든 설정 (JSON)',
    save: '저장',
    back: '처음 화면',
  },
  en: {
    main: 'Kakao Login',
    login_enabled: 'Kakao Login is on',
    openid_connect: 'OpenID Connect is on',
    automatic_linking: 'A login links by itself',
    admits_under_14: 'Admits people under 14',
    blocked: 'Blocked by Kakao',
    all: 'All settings (JSON)',
    save: 'Save',
    back: 'First page',
  },
} as const satisfies Record<Language, object>

const FLAGS = [
  'login_enabled',
  'openid_connect',
  'automatic_linking',
  'admits_under_14',
  'blocked',
] as const

/** What the console holds of an app, to be changed. */
export function appPage({
  app,
  language,
}: {
  readonly app: App
  readonly language: Language
}): Html {
  const text = TEXT[language]
  return layout(
    app.name,
    language,
    html`<h1>${app.name}</h1>
<p class="lead"><code>${app.id}</code></p>
${section(text.main, flagsForm(app, language))}
${section(text.all, wholeForm(app, language))}
${wayBack(text.back)}`,
    'wide',
  )
}

function flagsForm({ id, settings }: App, language: Language): Html {
  const text = TEXT[language]
  const address = `/_emulator/apps/${id}`
  return controlForm(
    { action: address, back: address, method: 'PATCH' },
    html`${FLAGS.map((name) => flagField(text[name], name, settings[name]))}${submitButton(text.save)}`,
  )
}

function wholeForm({ id, settings }: App, language: Language): Html {
  const { all: label, save } = TEXT[language]
  const address = `/_emulator/apps/${id}`
  return jsonForm({ action: address, back: address, method: 'PATCH', label, value: settings, save })
}
