/** Strings are matched whole, so that digits inside them stay as they are. */
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.+\-eE])-?\d{16,}(?=[\s,\]}]|$)/g

/**
 * Reads JSON without losing digits: an integer too long for a double comes back as text.
 *
 * Kakao writes ids as bare numbers of up to 19 digits, which `JSON.parse` silently rounds.
 *
 * @throws {SyntaxError} The text is not JSON.
 */
export function parseLosslessJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (!/\d{16}/.test(text)) return value

  const quoted = text.replace(STRING_OR_LONG_INTEGER, (match) =>
    match.startsWith('"') ? match : `"${match}"`,
  )
  return JSON.parse(quoted)
}
