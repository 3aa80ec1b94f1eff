import type { LimitsConfig } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import type { Deriver } from '../jose/derive.ts'
import { type Counter, createCounter } from './counter.ts'
import { toNetwork } from './network.ts'
import { createNotice, type OnFlood } from './notice.ts'
import { createSharing, type Sharing, type SharingDeps } from './sharing.ts'

/** What counts by address. */
export type AddressLimit = 'login' | 'token'

/** Keeps users from coming too often. */
export interface UserLimit {
  /**
   * Counts a request of a user.
   *
   * @throws {ProblemError} `rate_limited`, with the seconds to wait.
   */
  countUser(userId: string): void
}

/**
 * Keeps addresses and users from coming too often. Counted in memory, so that no request waits for
 * the store; instances tell each other within a second.
 */
export interface RateLimits extends UserLimit, Sharing {
  /**
   * Counts a request from an address.
   *
   * @param address IPv4 or IPv6; those whose address nobody knows count as one.
   * @throws {ProblemError} `rate_limited`, with the seconds to wait.
   */
  countAddress(limit: AddressLimit, address: string | undefined): void
}

export interface RateLimitsDeps extends Pick<SharingDeps, 'onError' | 'onRecovery'> {
  readonly db: Db
  readonly config: LimitsConfig
  /** Makes keys of addresses and users: neither is kept as it is. */
  readonly deriver: Deriver
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
  /** Told of each request that was refused. Must not throw. */
  readonly onRefused: (limit: keyof LimitsConfig) => void
  readonly onFlood: OnFlood
}

export function createRateLimits(deps: RateLimitsDeps): RateLimits {
  const { db, deriver, now, onError, onRecovery } = deps
  const counters = createCounters(deps)
  const instance = counters.size === 0 ? '' : toText(deps.randomBytes(12))
  const noteRefusal = createNotice(deps.onFlood, () => now().getTime())
  const sharing = createSharing({ db, counters, instance, now, onError, onRecovery })

  function count(limit: keyof LimitsConfig, who: string): void {
    const counter = counters.get(limit)
    if (counter === undefined) return
    const waitMs = counter.count(`${limit}:${deriver.derive(`${limit} ${who}`)}`)
    if (waitMs === 0) return
    deps.onRefused(limit)
    noteRefusal(limit)
    throw new ProblemError('rate_limited', { retryAfterMs: waitMs })
  }

  return {
    ...(counters.size === 0 ? NOTHING_TO_SHARE : sharing),
    countAddress: (limit, address) =>
      count(limit, address === undefined ? 'unknown' : toNetwork(address)),
    countUser: (userId) => count('user', userId),
  }
}

const NOTHING_TO_SHARE: Sharing = { start() {}, async share() {}, async stop() {} }

function createCounters({ config, now }: RateLimitsDeps): ReadonlyMap<string, Counter> {
  const entries = Object.entries(config) as [keyof LimitsConfig, LimitsConfig['login']][]
  return new Map(
    entries.flatMap(([limit, rate]) =>
      rate === undefined ? [] : [[limit, createCounter(rate, () => now().getTime())]],
    ),
  )
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
