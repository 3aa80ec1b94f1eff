import { CachedKeys, type Keys } from '../../jose/index.ts'
import { unlessAborted } from '../call/deadline.ts'
import { KakaoUnavailableError } from '../errors.ts'
import type { KakaoKeySet } from './key-set-types.ts'

const FRESH_MS = 60 * 60 * 1000

interface KeySetOptions {
  readonly fetchKeys: () => Promise<Keys>
  readonly now: () => Date
  /** Told of refreshes that failed behind callers who were served old keys. */
  readonly onError: (error: Error) => void
}

/** Kakao's keys, kept. A caller who gives up does not stop a flight that others share. */
export function createKeySet(options: KeySetOptions): KakaoKeySet {
  const keys = new CachedKeys({
    ...options,
    freshMs: FRESH_MS,
    toCoolDownError: () => new KakaoUnavailableError('cool_down'),
  })
  return {
    warm: async ({ signal } = {}) => await unlessAborted(keys.warm(), signal),
    findKey: async (kid, { signal, isCertain } = {}) =>
      await unlessAborted(keys.find(kid, isCertain), signal),
  }
}
