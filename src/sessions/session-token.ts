import { createHmac, hash } from 'node:crypto'

/**
 * What a login hands out follows from the attempt's secret and the code. The same callback arriving
 * twice thus names the same session, on any instance, although the store keeps only hashes.
 */
export interface DerivedSession {
  /** Names the session; opens nothing. */
  readonly id: string
  /** 256 bits: the cookie's token, the one-time code, or the start of a family of refresh tokens. */
  readonly secret: string
}

/** @param secret 256 random bits that travel in the sealed attempt and nowhere else. */
export function deriveSession(secret: string, code: string): DerivedSession {
  const derive = (purpose: string) =>
    createHmac('sha256', secret).update(`${purpose} ${code}`).digest('base64url')
  return { id: `ses_${derive('id').slice(0, 22)}`, secret: derive('secret') }
}

/** A session that follows from nothing that could arrive twice. */
export function randomSession(randomBytes: (size: number) => Uint8Array): DerivedSession {
  const random = (size: number) => Buffer.from(randomBytes(size)).toString('base64url')
  return { id: `ses_${random(16)}`, secret: random(32) }
}

/** Whether a text could name a session: PostgreSQL takes no other for a question (a NUL is an error). */
export function isSessionId(text: string): boolean {
  return /^ses_[\w-]{22}$/.test(text)
}

/** What the store keeps of a token or a code. Both are random, so a plain hash is enough. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}
