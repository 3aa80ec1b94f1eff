import type { Db } from '../db/index.ts'
import type { Transact } from '../events/index.ts'
import type { Sealer } from '../jose/seal.ts'
import { type CallOptions, type KakaoClient, type KakaoTokens, KapiError } from '../kakao/index.ts'
import { type KeptToken, toKeptToken, toRenewAt } from './kept-token.ts'
import {
  keepToken,
  listDueKeptTokens,
  listKeptTokens,
  listSealedOfSessions,
  postponeRenewal,
  removeAllKeptTokens,
  removeKeptToken,
  type StoredKeptToken,
} from './kept-token-store.ts'
import { createRenewal } from './renewal.ts'

export interface KeptTokensDeps {
  readonly db: Db
  readonly transact: Transact
  readonly kakao: KakaoClient
  readonly sealer: Sealer
  readonly isKeeping: boolean
  /** How long a call to Kakao may take. */
  readonly timeoutMs: number
  readonly now: () => Date
  readonly sleep: (ms: number) => Promise<void>
}

/** Kakao's tokens, sealed in the store beside their session and gone with it. */
export interface KeptTokens {
  /** Seals what a login brought; `undefined` where none are to be kept. */
  seal(tokens: KakaoTokens): string | undefined
  /** Keeps what was sealed, within the transaction that begins the session or asks for more. */
  keep(db: Db, sessionId: string, sealed: string | undefined): Promise<void>
  /** @returns Those of the sessions that have some. */
  list(sessionIds: readonly string[]): Promise<readonly KeptToken[]>
  /**
   * Finds the newest of a person's, within a transaction: it is asked for before they go.
   *
   * @returns `undefined` where none is kept.
   */
  findNewest(db: Db, kakaoId: string): Promise<KeptToken | undefined>
  /**
   * Finds a token that is good for a call in the name of a person, renewing one where need be.
   *
   * @param kakaoId Whose.
   * @returns `undefined` where none is kept, or Kakao honours none any more.
   * @throws {KakaoError} Kakao could not be asked.
   */
  findLive(kakaoId: string, call?: CallOptions): Promise<string | undefined>
  /**
   * Renews what is in its last weeks, so that it stays usable however rarely it is used.
   *
   * @throws {KakaoError} Kakao could not be asked: the rest waits for the next time.
   */
  renewDue(): Promise<void>
  /**
   * Removes the tokens of an identity that Kakao honours no more.
   *
   * @throws {KakaoError} Kakao could not be asked.
   */
  removeRevoked(kakaoId: string): Promise<void>
  /** Removes what an earlier configuration kept and this one has no use for. */
  removeUnwanted(): Promise<void>
}

/** Enough for the call that it is fetched for. */
const LEAST_LIFE_MS = 60_000
const MOST_AT_ONCE = 20
const UNREADABLE_MS = 86_400_000

export function createKeptTokens(deps: KeptTokensDeps): KeptTokens {
  const { db, kakao, sealer, isKeeping, now } = deps
  const renewal = createRenewal({ ...deps, open })

  function open(sealed: string): KeptToken | undefined {
    const text = sealer.open(sealed)
    // Only we can have sealed it, so its shape is ours.
    return text === undefined ? undefined : (JSON.parse(text) as KeptToken)
  }

  /** The secret that sealed it may be listed again another day. */
  async function renewOrPostpone(stored: StoredKeptToken): Promise<void> {
    if (open(stored.sealed) !== undefined) return void (await renewal.renew(stored))
    await postponeRenewal(db, stored, new Date(now().getTime() + UNREADABLE_MS))
  }

  const isLive = ({ expiresAt }: KeptToken) => expiresAt >= now().getTime() + LEAST_LIFE_MS

  return {
    seal: (tokens) => (isKeeping ? sealer.seal(JSON.stringify(toKeptToken(tokens))) : undefined),

    async keep(transaction, sessionId, sealed) {
      const token = sealed === undefined ? undefined : open(sealed)
      if (sealed === undefined || token === undefined) return
      await keepToken(transaction, { sessionId, sealed, renewAt: toRenewAt(token, now()) })
    },

    async list(sessionIds) {
      const sealed = await listSealedOfSessions(db, sessionIds)
      return sealed.flatMap((one) => open(one) ?? [])
    },

    async findNewest(transaction, kakaoId) {
      const [newest] = await listKeptTokens(transaction, kakaoId)
      return newest && open(newest.sealed)
    },

    async findLive(kakaoId, call) {
      for (const stored of await listKeptTokens(db, kakaoId)) {
        const token = open(stored.sealed)
        if (token !== undefined && isLive(token)) return token.accessToken
        const renewed = token && (await renewal.renew(stored, call))
        if (renewed !== undefined) return renewed.accessToken
      }
      return undefined
    },

    async renewDue() {
      for (;;) {
        const due = await listDueKeptTokens(db, { now: now(), most: MOST_AT_ONCE })
        for (const stored of due) await renewOrPostpone(stored)
        if (due.length < MOST_AT_ONCE) return
      }
    },

    async removeRevoked(kakaoId) {
      for (const { sessionId, sealed } of await listKeptTokens(db, kakaoId)) {
        const token = open(sealed)
        // One that has run out shows whether it can be renewed when it is needed.
        if (token === undefined || !isLive(token)) continue
        if (!(await isHonoured(kakao, token))) await removeKeptToken(db, sessionId)
      }
    },

    async removeUnwanted() {
      if (!isKeeping) await removeAllKeptTokens(db)
    },
  }
}

/** The token has ended, or the link that it came with. */
const ENDED_CODES = new Set([-401, -101, -103])

/** Whatever else Kakao refuses a person, as one under sanction, it does not end their token. */
async function isHonoured(kakao: KakaoClient, { accessToken }: KeptToken): Promise<boolean> {
  try {
    await kakao.asUser(accessToken).getAccessTokenInfo()
    return true
  } catch (error) {
    // A -401 may also be about us, as where our address is not allowed.
    if (!(error instanceof KapiError) || error.fault !== 'visitor') throw error
    return !ENDED_CODES.has(error.kakaoCode)
  }
}
