/** In base 36, so that the order of the text is the order of the numbers. */
function toDigits(number: number, length: number): string {
  return number.toString(36).padStart(length, '0')
}

/** What ids made at an instant begin with: in their order, the oldest come first. */
export function toIdPrefix(kind: 'aud' | 'evt', at: Date): string {
  return `${kind}_${toDigits(at.getTime(), 9)}`
}

/** Ids in the order of their making. */
export function createIds(
  kind: 'aud' | 'evt',
  count: number,
  { at, randomBytes }: { at: Date; randomBytes: (size: number) => Uint8Array },
): string[] {
  if (count === 0) return []
  const prefix = toIdPrefix(kind, at) + Buffer.from(randomBytes(6)).toString('hex')
  return Array.from({ length: count }, (_, index) => prefix + toDigits(index, 2))
}
