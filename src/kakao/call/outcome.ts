import type { UnavailableReason } from '../errors.ts'
import type { KakaoHost } from '../guard/guard-types.ts'

/**
 * What came of a request.
 *
 * - `ok`: an answer without an error. Whether it holds what the call is for is looked at later.
 * - `refused`: Kakao said no. `failed`: it said that the trouble is its own.
 * - All others: there was no usable answer; see {@link UnavailableReason}.
 */
export type KakaoOutcome = 'ok' | 'refused' | 'failed' | UnavailableReason

/** A request that was made of Kakao, or kept from it. Holds nothing of what was sent or answered. */
export interface KakaoRequestReport {
  readonly host: KakaoHost
  /** Its path, one of those of `KAKAO_ENDPOINTS`: no parameter is part of it. */
  readonly endpoint: string
  readonly outcome: KakaoOutcome
  /** How long it took, the reading of the answer included. */
  readonly ms: number
}
