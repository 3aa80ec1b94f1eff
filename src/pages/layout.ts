import { html, raw } from 'hono/html'
import type { Language } from './language.ts'
import { STYLE } from './style.ts'

/** Markup in which all data has been escaped. */
export type Html = ReturnType<typeof html>

export interface Layout {
  readonly language: Language
  readonly title: string
  readonly body: Html
}

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">' +
    '<path fill="#454d55" d="M0 5.5Q3 5 4 1.5H12Q13 5 16 5.5V7H0Z"/>' +
    '<path fill="#a5603d" d="M2 7H14V15H2Z"/>' +
    '<path fill="#ffd98a" d="M5 9H11V15H5Z"/></svg>',
)}`

/** The frame that all pages share. */
export function layout({ language, title, body }: Layout): Html {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${title}</title>
    <link rel="icon" href="${ICON}">
    <style>${raw(STYLE)}</style>
  </head>
  <body>
    <div class="page">${body}</div>
  </body>
</html>
`
}
