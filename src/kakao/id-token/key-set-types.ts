import type { FindKey } from '../../jose/index.ts'
import type { CallOptions } from '../client-types.ts'

export type KakaoVerifyKey = NonNullable<Awaited<ReturnType<FindKey>>>

/** Kakao's published signing keys, fetched when first needed and kept. */
export interface KakaoKeySet {
  /** Whether there are keys, however old: what they signed is checked without a call. */
  readonly areAtHand: boolean

  /**
   * Fetches the keys in advance, unless fresh ones are there.
   *
   * @throws {KakaoUnavailableError} The keys could not be had.
   */
  warm(call?: CallOptions): Promise<void>

  /**
   * Finds the key of that name. An unknown name asks Kakao once, then not again for ten seconds.
   *
   * @param call.isCertain Throws rather than call a name unknown that was not asked about.
   * @returns `undefined` when Kakao publishes no such key.
   * @throws {KakaoUnavailableError} The keys could not be had, so nobody knows.
   */
  findKey(
    kid: string,
    call?: CallOptions & { readonly isCertain?: boolean },
  ): Promise<KakaoVerifyKey | undefined>
}
