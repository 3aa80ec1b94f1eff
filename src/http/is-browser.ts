import type { Context } from 'hono'
import { readWeightedList } from '../pages/index.ts'

/**
 * Whether the answer should be a page or a redirect for a person rather than JSON: whoever asks for
 * `text/html` by name, and not for JSON rather.
 *
 * @see [RFC 9110, 12.5.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.1)
 */
export function isBrowser(context: Context): boolean {
  const ranges = readWeightedList(context.req.header('accept'))
  const weigh = (type: string) => ranges.find(({ value }) => value === type)?.quality ?? 0
  const html = weigh('text/html')
  return html > 0 && html >= weigh('application/json')
}
