import { html } from 'hono/html'
import type { Language } from './language.ts'
import { layout } from './layout.ts'
import type { Html } from './page-response.ts'

const TEXT = {
  ko: { done: '처리했습니다', refused: '처리할 수 없습니다', back: '돌아가기' },
  en: { done: 'Done', refused: 'That is not possible', back: 'Back' },
} as const satisfies Record<Language, object>

export interface ControlAnswerProps {
  /** What the JSON call answered. */
  readonly answer: unknown
  /** The page that the form was on. */
  readonly back: string
  readonly language: Language
}

/** The answer to a control form. */
export function controlResultPage({ answer, back, language }: ControlAnswerProps): Html {
  const text = TEXT[language]
  return layout(
    text.done,
    language,
    html`<h1>${text.done}</h1>
<pre class="answer">${JSON.stringify(answer, undefined, 2)}</pre>
<p class="aside"><a href="${back}">${text.back}</a></p>`,
  )
}

/** Why a control form was not obeyed. */
export function controlProblemPage({ answer, back, language }: ControlAnswerProps): Html {
  const text = TEXT[language]
  return layout(
    text.refused,
    language,
    html`<h1>${text.refused}</h1>
<ul class="problem" role="alert">${toProblems(answer).map((problem) => html`<li>${problem}</li>`)}</ul>
<p class="aside"><a href="${back}">${text.back}</a></p>`,
  )
}

function toProblems(answer: unknown): string[] {
  const { error, problems } = answer as { error?: unknown; problems?: unknown }
  return Array.isArray(problems) ? problems.map(String) : [String(error)]
}
