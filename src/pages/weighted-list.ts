/** One entry of a header by which a client says what it prefers. */
export interface Weighted {
  /** In lower case. */
  readonly value: string
  /** From 0, which refuses, to 1. */
  readonly quality: number
}

const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/**
 * Reads a header such as `Accept` or `Accept-Language`. An entry that cannot be read is ignored.
 *
 * @see [RFC 9110, 12.4.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.4.2)
 */
export function readWeightedList(header: string | undefined): Weighted[] {
  return (header ?? '').toLowerCase().split(',').flatMap(readEntry)
}

function readEntry(text: string): Weighted[] {
  const [value = '', ...parameters] = text.split(';').map((part) => part.trim())
  const weight = parameters.find((parameter) => parameter.startsWith('q=')) ?? 'q=1'
  const quality = QUALITY.exec(weight)?.[1]
  return value !== '' && quality !== undefined ? [{ value, quality: Number(quality) }] : []
}
