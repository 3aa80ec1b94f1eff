import type { Sealer } from '../jose/seal.ts'
import type { KakaoParameters } from './kakao-parameters.ts'

/**
 * How a login that went well is answered.
 *
 * - `json`: with the facts; `cookie`: with a redirect to `next`; both with a session cookie.
 * - `code`: with a redirect to the app's own URL, which then exchanges a one-time code for tokens.
 * - `relay`: with tokens, to the page app that received Kakao's code itself.
 */
export type Delivery = 'json' | 'cookie' | 'code' | 'relay'

/** What an app asked for with `delivery=code`. */
export interface AppRequest {
  /** PKCE S256, of the app's own verifier. */
  readonly codeChallenge: string
  /** The app's own `state`, handed back as it came. */
  readonly state?: string
}

/** A member who is signed in, and comes back to what they have. */
export interface AskingMember {
  readonly userId: string
  readonly kakaoId: string
  /** It stays as it is. */
  readonly sessionId: string
  /** To agree to more, or to have another Kakao account tied to them. */
  readonly wants: 'consent' | 'link'
}

/**
 * A login between its start and Kakao's return. It travels sealed, in a cookie or with a page app,
 * so that any instance can finish what another began; the store knows nothing of it.
 */
export interface LoginAttempt {
  /** 256 random bits that go through Kakao and back (RFC 6749, section 10.12). */
  readonly state: string
  /** 256 random bits that come back inside the ID token; absent only where nobody could keep them. */
  readonly nonce?: string
  /** RFC 7636; absent where PKCE is off. */
  readonly codeVerifier?: string
  /** 256 random bits that go nowhere else: session and tokens follow from them. */
  readonly sessionSecret: string
  readonly redirectUri: string
  readonly delivery: Delivery
  /** Where to go afterwards, as given and checked at the start. */
  readonly next?: string
  readonly app?: AppRequest
  /** Who has gone to Kakao for more: it is added to what they have. */
  readonly member?: AskingMember
  /** Begun with `prompt=none`: a visitor whom Kakao would have to ask is no error. */
  readonly silent: boolean
  /** What was passed through to Kakao, for where that has to be done once more. */
  readonly kakao?: Partial<KakaoParameters>
  /** Milliseconds since 1970. */
  readonly startedAt: number
}

export interface AttemptSealer {
  seal(attempt: LoginAttempt): string
  /** @returns The attempt, or `undefined` when garbled or sealed by others. */
  open(sealed: string): LoginAttempt | undefined
  isExpired(attempt: LoginAttempt): boolean
}

export function createAttemptSealer(
  sealer: Sealer,
  { ttlMs, now }: { ttlMs: number; now: () => Date },
): AttemptSealer {
  return {
    seal: (attempt) => sealer.seal(JSON.stringify(attempt)),

    open(sealed) {
      const text = sealer.open(sealed)
      // Only we can have sealed it, so its shape is ours.
      return text === undefined ? undefined : (JSON.parse(text) as LoginAttempt)
    },

    isExpired: ({ startedAt }) => startedAt + ttlMs <= now().getTime(),
  }
}
