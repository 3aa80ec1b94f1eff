import { createHash, createHmac } from 'node:crypto'

/**
 * The token that a login puts into the session cookie: 256 bits that follow from the attempt's
 * secret and the code. The same callback arriving twice thus names the same session, on any
 * instance, although the store keeps only the token's hash.
 *
 * @param secret 256 random bits that travel in the sealed attempt cookie and nowhere else.
 */
export function deriveSessionToken(secret: string, code: string): string {
  return createHmac('sha256', secret).update(code).digest('base64url')
}

/** What the store keeps of a token or a code. Both are random, so a plain hash is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
