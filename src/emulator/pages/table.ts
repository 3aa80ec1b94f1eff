import { html } from 'hono/html'
import type { Html } from './page-response.ts'

type Cell = string | Html

/** A table that scrolls by itself where it is wider than the page. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  return html`<div class="table"><table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`
}

/** A part of a page, under a heading. */
export function section(heading: string, content: Cell): Html {
  return html`<section class="part">
<h2>${heading}</h2>
${content}
</section>
`
}

/** The way back to the first control page. */
export function wayBack(label: string): Html {
  return html`<p class="aside"><a href="/_emulator/">${label}</a></p>`
}
