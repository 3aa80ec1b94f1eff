/** What ids begin with: lines of the audit log, events. */
export type IdKind = 'aud' | 'evt'

/** Makes ids that begin with their time: in their order, the oldest come first. */
export interface IdSource {
  /** @returns As many, in the order of their making. */
  next(kind: IdKind, at: Date, count: number): string[]
}

const RANDOM_BYTES = 6
const TIME_DIGITS = 9
const RANDOM_DIGITS = 10
const LATEST = 36 ** TIME_DIGITS - 1

/** In base 36, so that the order of the text is the order of the numbers. */
function toDigits(number: number, length: number): string {
  return number.toString(36).padStart(length, '0')
}

/** What the ids of an instant begin with. */
export function toIdPrefix(kind: IdKind, at: Date): string {
  return `${kind}_${toDigits(Math.min(Math.max(at.getTime(), 0), LATEST), TIME_DIGITS)}`
}

/** When an id was made. */
export function toIdTime(id: string): Date {
  const [, digits = ''] = id.split('_')
  return new Date(Number.parseInt(digits.slice(0, TIME_DIGITS), 36))
}

/** Within a millisecond ids count on from a random number, so that they are in order there too. */
export function createIdSource(randomBytes: (size: number) => Uint8Array): IdSource {
  let lastAt: number | undefined
  let number = 0

  function nextNumber(at: Date): number {
    if (at.getTime() !== lastAt) number = Buffer.from(randomBytes(RANDOM_BYTES)).readUIntBE(0, 6)
    lastAt = at.getTime()
    number += 1
    return number
  }

  return {
    next: (kind, at, count) =>
      Array.from(
        { length: count },
        () => toIdPrefix(kind, at) + toDigits(nextNumber(at), RANDOM_DIGITS),
      ),
  }
}
