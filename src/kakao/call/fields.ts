/** A JSON object, not looked into yet. */
export type Fields = { readonly [name: string]: unknown }

/** The fields of a wire type, by name only: their values are still to be read. */
export type Unread<Wire> = { readonly [Name in keyof Wire]?: unknown }

/** Kakao's ids: whole numbers of 64 bits, written without sign. */
const ID = /^\d{1,20}$/

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * @returns The text without any U+0000, which says nothing and which not every database can keep;
 *   `undefined` when there is none, or an empty one.
 */
export function readText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.replaceAll('\0', '') : ''
  return text === '' ? undefined : text
}

export function readFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** @returns Digits as text, from a number that lost none or from text. */
export function readId(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && ID.test(text) ? text : undefined
}

/** Three thousand years: what is more was meant otherwise, and would be no instant. */
const MOST_SECONDS = 1e11

/** @returns Seconds, from a number or from digits as text. */
export function readSeconds(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof seconds === 'number' && Math.abs(seconds) <= MOST_SECONDS ? seconds : undefined
}

/** @returns The instant that an RFC 3339 text names. */
export function readInstant(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined
  const instant = new Date(value)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

/** @returns The instant so many seconds after 1970. */
export function readUnixTime(value: unknown): Date | undefined {
  const seconds = readSeconds(value)
  if (seconds === undefined) return undefined
  const instant = new Date(seconds * 1000)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

/** @returns The text in small letters: Kakao writes some words in either case. */
export function readLowerCase(value: unknown): string | undefined {
  return readText(value)?.toLowerCase()
}

/** @returns What the objects of a list hold; `undefined` when one of them cannot be read. */
export function readList<T>(
  value: unknown,
  find: (fields: Fields) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined
  const found = value.map((item) => (isFields(item) ? find(item) : undefined))
  return found.includes(undefined) ? undefined : found.filter((item) => item !== undefined)
}

/** @returns The texts of a list; what is no text is left out. */
export function readTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.map(readText).filter((text) => text !== undefined)
}

type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Leaves out fields that hold `undefined`: what Kakao did not say is absent here too. */
export function omitUndefined<T extends object>(fields: T): Present<T> {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(present) as Present<T>
}
