import { html } from 'hono/html'
import type { Language } from './language.ts'
import type { Html } from './page-response.ts'

/** The address of the style sheet of all pages. */
export const STYLE_SHEET = '/_emulator/page.css'

const TEXT = {
  ko: { notice: '카카오 에뮬레이터 — 진짜 카카오가 아닙니다' },
  en: { notice: 'Kakao emulator — this is not the real Kakao' },
} as const satisfies Record<Language, object>

/** The frame of every page: it always says that this is an emulator. */
export function layout(
  title: string,
  language: Language,
  content: Html,
  width: 'narrow' | 'wide' = 'narrow',
): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${STYLE_SHEET}">
</head>
<body>
<header class="notice" role="note">${TEXT[language].notice}</header>
<main class="${width}">
${content}
</main>
</body>
</html>`
}
