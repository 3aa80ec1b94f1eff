/** RFC 4648, section 5. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const CODES = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0))
const NO_VALUE = 255
const VALUES = new Uint8Array(128).fill(NO_VALUE)
for (const [value, code] of CODES.entries()) VALUES[code] = value

const ascii = new TextDecoder()

/** Bytes as base64url text without padding (RFC 7515, section 2). */
export function encodeBase64url(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 8) / 6))
  let at = 0
  let waiting = 0
  let bits = 0
  for (const byte of bytes) {
    waiting = ((waiting << 8) | byte) & 0xffff
    for (bits += 8; bits >= 6; at += 1) {
      bits -= 6
      codes[at] = CODES[(waiting >> bits) & 63] ?? 0
    }
  }
  if (bits > 0) codes[at] = CODES[(waiting << (6 - bits)) & 63] ?? 0
  return ascii.decode(codes)
}

/**
 * Reads base64url text as RFC 7515 writes it: no padding, no other alphabet, no stray bits.
 *
 * @returns The bytes, or `undefined` when the text is not in its one canonical form.
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8))
  let at = 0
  let waiting = 0
  let bits = 0
  for (let index = 0; index < text.length; index += 1) {
    const value = VALUES[text.charCodeAt(index)] ?? NO_VALUE
    if (value === NO_VALUE) return undefined
    waiting = ((waiting << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at] = waiting >> bits
    at += 1
  }
  const isWhole = bits < 6 && (waiting & ((1 << bits) - 1)) === 0
  return isWhole ? bytes : undefined
}
