import { BY_ITSELF } from '../events/index.ts'
import { type CallOptions, KauthError } from '../kakao/index.ts'
import { lockIdentity, markNeedsLogin } from '../users/index.ts'
import { type KeptToken, toKeptToken, toRenewAt } from './kept-token.ts'
import {
  findKeptToken,
  type LeasedKeptToken,
  leaseKeptToken,
  releaseKeptToken,
  removeRefused,
  replaceKeptToken,
  type StoredKeptToken,
} from './kept-token-store.ts'
import type { KeptTokensDeps } from './kept-tokens.ts'

export interface RenewalDeps
  extends Pick<
    KeptTokensDeps,
    'db' | 'transact' | 'kakao' | 'sealer' | 'timeoutMs' | 'now' | 'sleep'
  > {
  readonly open: (sealed: string) => KeptToken | undefined
}

export interface Renewal {
  /**
   * Exchanges kept tokens for new ones at Kakao. Of several that want it at once, on any instance,
   * one asks and the others get its tokens: a refresh token may be good only once.
   *
   * @returns `undefined` when Kakao honours them no more, or they went meanwhile.
   * @throws {KakaoError} Kakao could not be asked; the tokens stay.
   */
  renew(stored: StoredKeptToken, call?: CallOptions): Promise<KeptToken | undefined>
}

const LOOK_EVERY_MS = 25

export function createRenewal(deps: RenewalDeps): Renewal {
  const { db, now, sleep, timeoutMs, open } = deps

  /** What whoever was faster has got. */
  async function waitForOther(stored: StoredKeptToken): Promise<KeptToken | undefined> {
    for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += LOOK_EVERY_MS) {
      const sealed = await findKeptToken(db, stored.sessionId)
      if (sealed === undefined) return undefined
      if (sealed !== stored.sealed) return open(sealed)
      await sleep(LOOK_EVERY_MS)
    }
    return undefined
  }

  return {
    async renew(stored, call = { signal: AbortSignal.timeout(timeoutMs) }) {
      const token = open(stored.sealed)
      if (token?.refreshToken === undefined) return undefined
      const until = new Date(now().getTime() + 2 * timeoutMs)
      const isMine = await leaseKeptToken(db, stored, { now: now(), until })
      if (!isMine) return await waitForOther(stored)
      const { refreshToken } = token
      return await exchange(deps, { ...stored, until, token, refreshToken }, call)
    },
  }
}

interface LeasedToken extends LeasedKeptToken {
  readonly kakaoId: string
  readonly token: KeptToken
  readonly refreshToken: string
}

async function exchange(
  { db, transact, kakao, sealer, now }: RenewalDeps,
  leased: LeasedToken,
  call: CallOptions,
): Promise<KeptToken | undefined> {
  const { kakaoId, token, refreshToken } = leased
  try {
    const renewed = toKeptToken(await kakao.refreshTokens(refreshToken, call), token)
    const sealed = sealer.seal(JSON.stringify(renewed))
    await replaceKeptToken(db, leased, { sealed, renewAt: toRenewAt(renewed, now()) })
    return renewed
  } catch (error) {
    if (!isRefused(error)) {
      await releaseKeptToken(db, leased)
      throw error
    }
    await transact(BY_ITSELF, async (unit) => {
      await lockIdentity(unit.db, kakaoId)
      // A login may have brought others meanwhile, which are good.
      if (await removeRefused(unit.db, leased)) await markNeedsLogin(unit, kakaoId)
    })
    return undefined
  }
}

/** KOE322 and its like: the person ended it at Kakao, or it is too old. */
function isRefused(error: unknown): boolean {
  return error instanceof KauthError && error.fault === 'visitor'
}
