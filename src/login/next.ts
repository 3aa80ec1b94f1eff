import { ProblemError } from '../errors.ts'

/** Longer ones would not fit the attempt's cookie. */
const LONGEST_NEXT = 1024

export interface NextRules {
  /** Our own origin. */
  readonly publicUrl: string
  /** Other origins that a login may lead to. */
  readonly appOrigins: readonly string[]
}

/**
 * Checks where a login may lead: a path of our own, or a URL of one of the app's origins. Anything
 * else is refused and never repaired, since what we would repair a browser may read differently.
 *
 * @returns The same text.
 * @throws {ProblemError} `next_not_allowed`
 * @see [RFC 9700, 4.11](https://www.rfc-editor.org/rfc/rfc9700.html#section-4.11)
 */
export function checkNext(next: string, rules: NextRules): string {
  if (!isNext(next, rules)) throw new ProblemError('next_not_allowed')
  return next
}

/** Whether {@link checkNext} lets it pass. */
export function isNext(next: string, rules: NextRules): boolean {
  return next.length <= LONGEST_NEXT && isPlain(next) && isAllowed(next, rules)
}

/**
 * Browsers drop tabs and line breaks from URLs, read a backslash as a slash, and never write a quote
 * or an angle bracket.
 */
function isPlain(next: string): boolean {
  return /^[\x21-\x7e]+$/.test(next) && !/["<>\\]/.test(next)
}

function isAllowed(next: string, { publicUrl, appOrigins }: NextRules): boolean {
  if (next.startsWith('/')) {
    return URL.canParse(next, publicUrl) && new URL(next, publicUrl).origin === publicUrl
  }
  if (!/^https?:\/\/[^/]/.test(next) || !URL.canParse(next)) return false
  const { origin, username, password } = new URL(next)
  return username === '' && password === '' && [publicUrl, ...appOrigins].includes(origin)
}

/** Adds a parameter to where a login leads, whatever it carries already. */
export function addToNext(next: string, name: string, value: string): string {
  const [rest = '', ...fragment] = next.split('#')
  const joint = rest.includes('?') ? '&' : '?'
  const hash = fragment.length > 0 ? `#${fragment.join('#')}` : ''
  return `${rest}${joint}${new URLSearchParams({ [name]: value })}${hash}`
}
