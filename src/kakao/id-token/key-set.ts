import { CachedKeys, type Keys } from '../../jose/index.ts'
import { withDeadline } from '../call/deadline.ts'
import type { CallOptions } from '../client-types.ts'
import { KakaoUnavailableError } from '../errors.ts'
import type { KakaoKeySet } from './key-set-types.ts'

const FRESH_MS = 60 * 60 * 1000

interface KeySetOptions {
  readonly fetchKeys: () => Promise<Keys>
  readonly now: () => Date
  /** How long a caller waits who names no deadline. */
  readonly timeoutMs: number
  /** Told of refreshes that failed behind callers who were served old keys. */
  readonly onError: (error: Error) => void
}

/** Kakao's keys, kept. A caller who gives up does not stop a flight that others share. */
export function createKeySet(options: KeySetOptions): KakaoKeySet {
  const { timeoutMs } = options
  const wait = async <T>(work: () => Promise<T>, call: CallOptions): Promise<T> =>
    await withDeadline({ ...call, timeoutMs: call.timeoutMs ?? timeoutMs }, work)

  const keys = new CachedKeys({
    ...options,
    freshMs: FRESH_MS,
    toCoolDownError: () => new KakaoUnavailableError('cool_down'),
  })
  return {
    get areAtHand() {
      return keys.areAtHand
    },
    warm: (call = {}) => wait(() => keys.warm(), call),
    findKey: async (kid, { isCertain, ...call } = {}) =>
      keys.findAtHand(kid) ?? (await wait(() => keys.find(kid, isCertain), call)),
  }
}
