import { html } from 'hono/html'
import { type ControlFormProps, jsonForm } from './control-form.ts'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'
import { wayBack } from './table.ts'

const TEXT = {
  ko: {
    switches: '스위치',
    switchesLead: '카카오가 실제로 어떻게 하는지 확인되지 않은 것들입니다. 바꾸면 바로 적용됩니다.',
    seed: '시드',
    seedLead: '처음 상태입니다. 저장하면 모두 지우고 이 시드로 다시 시작합니다. YAML도 됩니다.',
    save: '저장',
    back: '처음 화면',
  },
  en: {
    switches: 'Switches',
    switchesLead: 'What nobody outside knows of Kakao. A change takes effect at once.',
    seed: 'Seed',
    seedLead: 'The state of the beginning. Saved, it all starts over from here. YAML will do too.',
    save: 'Save',
    back: 'First page',
  },
} as const satisfies Record<Language, object>

/** Something set as a whole: the switches, or the seed. */
export function settingsPage(
  subject: 'switches' | 'seed',
  { value, method }: { readonly value: unknown } & Pick<ControlFormProps, 'method'>,
  language: Language,
): Html {
  const text = TEXT[language]
  const label = text[subject]
  const address = `/_emulator/${subject}`
  const form = { action: address, back: address, label, value, save: text.save }
  return layout(
    label,
    language,
    html`<h1>${label}</h1>
<p class="lead">${text[`${subject}Lead`]}</p>
${jsonForm(method === undefined ? form : { ...form, method })}
${wayBack(text.back)}`,
    'wide',
  )
}
