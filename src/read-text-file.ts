import { readFile } from 'node:fs/promises'

/**
 * Reads a file of UTF-8 text, or of UTF-16 with its byte order mark: Windows writes that too, and
 * marks before UTF-8.
 *
 * @throws {TypeError} It is neither.
 * @throws {Error} Node's own, with a `code`: it cannot be read.
 */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readFile(path)
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[mark] ?? 'utf-8'
  const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  // UTF-16 without its mark.
  if (text.includes('\0')) throw new TypeError('the text has NUL characters')
  return text
}
