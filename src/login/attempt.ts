import type { Sealer } from '../jose/seal.ts'

/** How a login that went well is answered: with JSON, or with a redirect to `next`. */
export type Delivery = 'json' | 'cookie'

/**
 * A login between its start and Kakao's return. It travels in a sealed cookie, so that any instance
 * can finish what another began; the store knows nothing of it.
 */
export interface LoginAttempt {
  /** 256 random bits that go through Kakao and back (RFC 6749, section 10.12). */
  readonly state: string
  /** 256 random bits that come back inside the ID token. */
  readonly nonce: string
  /** RFC 7636; absent where PKCE is off. */
  readonly codeVerifier?: string
  /** 256 random bits that go nowhere but the cookie: the session token follows from them. */
  readonly sessionSecret: string
  readonly redirectUri: string
  readonly delivery: Delivery
  /** Where to go afterwards, as given and checked at the start. */
  readonly next?: string
  /** Begun with `prompt=none`: a visitor whom Kakao would have to ask is no error. */
  readonly silent: boolean
  /** Milliseconds since 1970. */
  readonly startedAt: number
}

export interface AttemptSealer {
  seal(attempt: LoginAttempt): string
  /** @returns The attempt, or `undefined` when garbled, sealed by others, or too old. */
  open(sealed: string): LoginAttempt | undefined
}

export function createAttemptSealer(
  sealer: Sealer,
  { ttlMs, now }: { ttlMs: number; now: () => Date },
): AttemptSealer {
  return {
    seal: (attempt) => sealer.seal(JSON.stringify(attempt)),

    open(sealed) {
      const text = sealer.open(sealed)
      if (text === undefined) return undefined
      // Only we can have sealed it, so its shape is ours.
      const attempt = JSON.parse(text) as LoginAttempt
      return attempt.startedAt + ttlMs > now().getTime() ? attempt : undefined
    },
  }
}
