/** Source text access (ECMAScript proposal, in V8 since 2023), which TypeScript does not know yet. */
interface JsonWithSourceText {
  rawJSON(text: string): unknown
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
}

const json = JSON as unknown as JsonWithSourceText

/** Writes JSON as Kakao does: a `bigint` becomes a bare number with all of its digits. */
export function stringifyWithLongs(value: unknown, indent = 0): string {
  const toRaw = (_key: string, member: unknown) =>
    typeof member === 'bigint' ? json.rawJSON(member.toString()) : member
  return JSON.stringify(value, toRaw, indent)
}

/**
 * Reads JSON; an integer that a double would round comes back as a `bigint`.
 *
 * @throws {SyntaxError} The text is not JSON.
 */
export function parseWithLongs(text: string): unknown {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && isInteger(source)
      ? BigInt(source)
      : value,
  )
}

function isInteger(source: string | undefined): source is string {
  return source !== undefined && /^-?\d+$/.test(source)
}
