/** Bytes as base64url text without padding (RFC 7515, section 2). */
export function encodeBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/**
 * Reads base64url text as RFC 7515 writes it: no padding, no other alphabet, no stray bits.
 *
 * @returns The bytes, or `undefined` when the text is not in its one canonical form.
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'))
  return encodeBase64url(bytes) === text ? bytes : undefined
}
