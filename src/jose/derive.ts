import { createHmac, hkdfSync } from 'node:crypto'

/** Derives values that only holders of the secret can make, the same ones each time. */
export interface Deriver {
  /** @returns 256 bits as base64url, made with the first secret. */
  derive(text: string): string
  /** @returns What each of the secrets makes of the text, the first one's first. */
  deriveAll(text: string): readonly string[]
}

/**
 * HMAC-SHA-256 under keys derived from the secrets with HKDF-SHA-256.
 *
 * @param purpose What it is for: one purpose's values say nothing of another's.
 * @see [RFC 2104](https://www.rfc-editor.org/rfc/rfc2104.html)
 */
export function createDeriver(secrets: readonly [string, ...string[]], purpose: string): Deriver {
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', `daemun ${purpose}`, 32)),
  )
  const deriveAll = (text: string) =>
    keys.map((key) => createHmac('sha256', key).update(text).digest('base64url'))
  return { deriveAll, derive: (text) => deriveAll(text)[0] ?? '' }
}
