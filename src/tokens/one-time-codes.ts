import { createHash, timingSafeEqual } from 'node:crypto'
import type { Db } from '../db/index.ts'
import type { Circumstances, Transact, UnitOfWork } from '../events/index.ts'
import { hashSecret } from '../sessions/index.ts'
import { insertOneTimeCode, type OneTimeCode, takeOneTimeCode } from './one-time-code-store.ts'

export interface OneTimeCodesDeps {
  readonly transact: Transact
  readonly ttlMs: number
  readonly now: () => Date
}

export interface CodeExchange {
  readonly code: string
  /** RFC 7636: what the challenge of the login's start was made of. */
  readonly codeVerifier: string
  readonly redirectUri: string | undefined
  readonly circumstances: Circumstances
}

/** Codes that lead a page app from our callback to its tokens, which never travel in a URL. */
export interface OneTimeCodes {
  /** Keeps a code, within the transaction of the sign-in. */
  issue(db: Db, code: string, grant: Omit<OneTimeCode, 'hash' | 'expiresAt'>): Promise<void>
  /**
   * Exchanges a code, once: an exchange that fails uses it up too.
   *
   * @param within What happens in the transaction when the code is good.
   * @returns What came of that; `undefined` when the code is not good, or not any more.
   */
  exchange<T>(
    exchange: CodeExchange,
    within: (unit: UnitOfWork, code: OneTimeCode) => Promise<T>,
  ): Promise<T | undefined>
}

export function createOneTimeCodes({ transact, ttlMs, now }: OneTimeCodesDeps): OneTimeCodes {
  return {
    async issue(transaction, code, grant) {
      const expiresAt = new Date(now().getTime() + ttlMs)
      await insertOneTimeCode(transaction, { ...grant, hash: hashSecret(code), expiresAt })
    },

    async exchange(exchange, within) {
      return await transact(exchange.circumstances, async (unit) => {
        const code = await takeOneTimeCode(unit.db, hashSecret(exchange.code), unit.at)
        if (code === undefined) return undefined
        if (!isGood(code, exchange, unit.at)) return tellRefused(unit)
        return await within(unit, code)
      })
    },
  }
}

/** Whoever has somebody's code and cannot use it may have stolen it. */
function tellRefused(unit: UnitOfWork): undefined {
  unit.note({ action: 'login.failed', result: 'refused', code: 'grant_invalid' })
}

function isGood(
  { codeChallenge, redirectUri, expiresAt }: OneTimeCode,
  { codeVerifier, ...exchange }: CodeExchange,
  now: Date,
): boolean {
  const isSameUri = exchange.redirectUri === undefined || exchange.redirectUri === redirectUri
  const isVerified = isVerifier(codeVerifier) && isChallengeOf(codeChallenge, codeVerifier)
  return isSameUri && isVerified && expiresAt > now
}

/** RFC 7636, section 4.1: a short one could be guessed from its challenge. */
function isVerifier(text: string): boolean {
  return /^[\w.~-]{43,128}$/.test(text)
}

/** RFC 7636, section 4.6. */
function isChallengeOf(codeChallenge: string, codeVerifier: string): boolean {
  const challenge = Buffer.from(codeChallenge, 'base64url')
  const made = createHash('sha256').update(codeVerifier).digest()
  return challenge.length === made.length && timingSafeEqual(challenge, made)
}
