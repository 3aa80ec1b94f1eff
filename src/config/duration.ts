const UNITS = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  y: 365 * 86_400_000,
} as const

/**
 * Reads a duration: `0`, or a whole number with a unit (`500ms`, `10s`, `5m`, `2h`, `30d`, `1y`).
 *
 * @returns Milliseconds, or `undefined` when the text is not a duration. A year has 365 days.
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  const match = /^(\d{1,9})(ms|s|m|h|d|y)$/.exec(text)
  if (match === null) return undefined
  return Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]
}

/** @throws {Error} The text is no duration: a mistake in our own code. */
export function getDuration(text: string): number {
  const milliseconds = parseDuration(text)
  if (milliseconds === undefined) throw new Error(`${text} is no duration`)
  return milliseconds
}
