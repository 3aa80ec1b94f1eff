import { createHash } from 'node:crypto'
import { STYLE } from './style.ts'

const styleHash = createHash('sha256').update(STYLE).digest('base64')

/**
 * What a page of ours may load: its own style, its icon, our fonts. No script at all.
 *
 * @see [CSP Level 3](https://www.w3.org/TR/CSP3/)
 */
export const contentSecurityPolicy: string = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "font-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
