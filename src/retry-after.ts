/** Nobody is left alone for longer on their word alone. */
const LONGEST_MS = 24 * 3_600_000

/** Each form of a date begins with the day of the week (RFC 9110, 5.6.7); of numbers `parse` makes years. */
const DATE = /^[a-z]{3}/i

/**
 * Reads a `Retry-After`: seconds, or a date.
 *
 * @returns Milliseconds, a day at most; `undefined` where there is none, or none that can be read.
 * @see [RFC 9110, 10.2.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.3)
 */
export function readRetryAfter(header: string | null, now: Date): number | undefined {
  const text = header?.trim() ?? ''
  const date = DATE.test(text) ? Date.parse(text) : Number.NaN
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : date - now.getTime()
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), LONGEST_MS)
}
