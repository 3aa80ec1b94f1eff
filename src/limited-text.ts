/**
 * Reads a body as UTF-8, up to so many bytes and no further: it need not say how long it is.
 *
 * @returns `undefined` when it is longer.
 */
export async function readLimitedText(
  body: ReadableStream<Uint8Array> | null,
  limitBytes: number,
): Promise<string | undefined> {
  const reader = body?.getReader()
  if (reader === undefined) return ''

  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength
    if (bytes > limitBytes) {
      // Nobody waits for the rest to be thrown away.
      reader.cancel().catch(() => undefined)
      return undefined
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}
