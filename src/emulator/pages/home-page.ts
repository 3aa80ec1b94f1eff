import { html } from 'hono/html'
import { CONNECTED_SERVICES } from '../account/page-paths.ts'
import type { World } from '../world.ts'
import { controlForm, submitButton, textField } from './control-form.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'
import { section, table } from './table.ts'

const TEXT = {
  ko: {
    title: '카카오 에뮬레이터',
    lead: '카카오 로그인을 카카오 없이 시험하는 서버입니다.',
    apps: '앱',
    people: '사람들',
    app: '앱 ID',
    key: 'REST API 키',
    name: '이름',
    nickname: '닉네임',
    email: '이메일',
    add: '사람 추가',
    clock: '시계',
    now: (time: string) => `지금은 ${time}입니다.`,
    seconds: '앞으로 돌릴 시간(초)',
    advance: '시간 옮기기',
    keys: '서명 키',
    rotate: '새 키로 바꾸기',
    reset: '처음으로',
    resetLead: '연결, 토큰, 장애, 기록을 지우고 시드로 돌아갑니다.',
    links: '더 보기',
    journal: '받은 요청',
    faults: '걸어 둔 장애',
    webhooks: '보낸 웹훅',
    services: '연결된 서비스 관리',
    switches: '스위치',
    seed: '시드',
    discovery: '디스커버리 문서',
  },
  en: {
    title: 'Kakao emulator',
    lead: 'A server to test Kakao Login against, without Kakao.',
    apps: 'Apps',
    people: 'People',
    app: 'App id',
    key: 'REST API key',
    name: 'Name',
    nickname: 'Nickname',
    email: 'E-mail',
    add: 'Add a person',
    clock: 'Clock',
    now: (time: string) => `It is ${time}.`,
    seconds: 'Seconds to move on',
    advance: 'Move the time',
    keys: 'Signing keys',
    rotate: 'Change to a new key',
    reset: 'Start over',
    resetLead: 'Forgets links, tokens, faults and the journal, and goes back to the seed.',
    links: 'See also',
    journal: 'Requests received',
    faults: 'Faults waiting',
    webhooks: 'Webhooks sent',
    services: 'Connected services',
    switches: 'Switches',
    seed: 'Seed',
    discovery: 'Discovery document',
  },
} as const satisfies Record<Language, object>

const HOME = '/_emulator/'

/** What this is, who lives here, and the emulator's own levers. */
export function homePage(world: World, language: Language): Html {
  const text = TEXT[language]
  return layout(
    text.title,
    language,
    html`<h1>${text.title}</h1>
<p class="lead">${text.lead}</p>
${section(text.links, links(language))}
${section(text.apps, appTable(world, language))}
${section(text.people, people(world, language))}
${section(text.clock, clock(world, language))}
${section(text.keys, controlForm({ action: '/_emulator/keys/rotate', back: HOME }, submitButton(text.rotate, 'quiet')))}
${section(text.reset, reset(language))}`,
    'wide',
  )
}

function links(language: Language): Html {
  const text = TEXT[language]
  const targets = [
    ['/_emulator/journal', text.journal],
    ['/_emulator/faults', text.faults],
    ['/_emulator/webhooks', text.webhooks],
    [CONNECTED_SERVICES, text.services],
    ['/_emulator/switches', text.switches],
    ['/_emulator/seed', text.seed],
    ['/.well-known/openid-configuration', text.discovery],
  ] as const
  return html`<p>${targets.map(([href, label], place) => html`${place === 0 ? '' : ' · '}<a href="${href}">${label}</a>`)}</p>`
}

function appTable({ state }: World, language: Language): Html {
  const text = TEXT[language]
  const rows = state.apps.map(({ id, name, clientKeys }) => {
    const keys = clientKeys.filter(({ kind }) => kind === 'rest').map(({ key }) => key)
    return [html`<a href="/_emulator/apps/${id}">${id}</a>`, name, keys.join(', ')]
  })
  return table([text.app, text.name, text.key], rows)
}

function people({ state }: World, language: Language): Html {
  const text = TEXT[language]
  const rows = [...state.people.values()].map(({ id, nickname, email = '–' }) => [
    html`<a href="/_emulator/people/${id}">${id}</a>`,
    nickname,
    email,
  ])
  const fields = html`${textField(text.nickname, 'nickname')}${textField(text.email, 'email', '', 'email')}${submitButton(text.add)}`
  return html`${table(['ID', text.name, text.email], rows)}
${controlForm({ action: '/_emulator/people', back: HOME }, fields)}`
}

function clock(world: World, language: Language): Html {
  const text = TEXT[language]
  const fields = html`${textField(text.seconds, 'advance_seconds:number', 3600, 'number')}${submitButton(text.advance, 'quiet')}`
  return html`<p>${text.now(world.clock.now().toISOString())}</p>
${controlForm({ action: '/_emulator/clock', back: HOME }, fields)}`
}

function reset(language: Language): Html {
  const text = TEXT[language]
  return html`<p>${text.resetLead}</p>
${controlForm({ action: '/_emulator/reset', back: HOME }, submitButton(text.reset, 'quiet'))}`
}
