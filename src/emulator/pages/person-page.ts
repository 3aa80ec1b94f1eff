import { html } from 'hono/html'
import type { Person } from '../state/people.ts'
import type { World } from '../world.ts'
import { controlForm, flagField, selectField, submitButton, textField } from './control-form.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'
import { personLinks } from './person-links.ts'
import { section, wayBack } from './table.ts'
import { webhookForm } from './webhook-form.ts'

const TEXT = {
  ko: {
    facts: '카카오계정',
    save: '저장',
    links: '연결된 앱',
    webhook: '웹훅 보내기',
    back: '처음 화면',
    nickname: '닉네임',
    email: '이메일',
    is_email_valid: '유효한 이메일',
    is_email_verified: '인증한 이메일',
    name: '이름',
    gender: '성별',
    age_range: '연령대',
    birthyear: '출생 연도',
    birthday: '생일',
    phone_number: '전화번호',
    under_14: '14세 미만',
    needs_interaction: '카카오 약관 동의가 필요함',
    dormant: '휴면 계정',
    blocked: '제재된 계정',
  },
  en: {
    facts: 'Kakao Account',
    save: 'Save',
    links: 'Linked apps',
    webhook: 'Send a webhook',
    back: 'First page',
    nickname: 'Nickname',
    email: 'E-mail',
    is_email_valid: 'E-mail is valid',
    is_email_verified: 'E-mail is verified',
    name: 'Name',
    gender: 'Gender',
    age_range: 'Age range',
    birthyear: 'Year of birth',
    birthday: 'Birthday',
    phone_number: 'Phone number',
    under_14: 'Younger than 14',
    needs_interaction: "Has to agree to Kakao's terms first",
    dormant: 'Dormant',
    blocked: 'Under sanction',
  },
} as const satisfies Record<Language, object>

export interface PersonPageProps {
  readonly world: World
  readonly person: Person
  readonly language: Language
}

/** What Kakao knows of a person, where they are linked, and webhooks about them. */
export function personPage({ world, person, language }: PersonPageProps): Html {
  const text = TEXT[language]
  return layout(
    person.nickname,
    language,
    html`<h1>${person.nickname}</h1>
<p class="lead"><code>${person.id}</code></p>
${section(text.links, personLinks(world, person, language))}
${section(text.webhook, webhookForm(person, language))}
${section(text.facts, factsForm(person, language))}
${wayBack(text.back)}`,
    'wide',
  )
}

const TEXT_FACTS = ['name', 'age_range', 'birthyear', 'birthday', 'phone_number'] as const
const MAIL_FLAGS = ['is_email_valid', 'is_email_verified'] as const
const STATE_FLAGS = ['under_14', 'needs_interaction', 'dormant', 'blocked'] as const

function factsForm(person: Person, language: Language): Html {
  const text = TEXT[language]
  const address = `/_emulator/people/${person.id}`
  const nickname = person.is_default_nickname ? '' : person.nickname
  return controlForm(
    { action: address, back: address, method: 'PATCH' },
    html`${textField(text.nickname, 'nickname', nickname)}
${textField(text.email, 'email', person.email, 'email')}
${MAIL_FLAGS.map((name) => flagField(text[name], name, person[name]))}
${TEXT_FACTS.map((name) => textField(text[name], name, person[name]))}
${selectField(text.gender, 'gender', ['', 'female', 'male'], person.gender)}
${STATE_FLAGS.map((name) => flagField(text[name], name, person[name]))}
${submitButton(text.save)}`,
  )
}
