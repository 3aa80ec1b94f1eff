/** The hosts that are called, each guarded by itself: one may fail without the other. */
export type KakaoHost = 'kauth' | 'kapi'

/**
 * For whom a call is made.
 *
 * - `visitor`: somebody waits. At most `maxCalls` of them at once at each host.
 * - `background`: nobody waits. At most ten at once beside the visitors', so that neither keeps the
 *   other from calling.
 * - `unguarded`: as `background`, and neither heeds the breaker nor counts for it: for calls with a
 *   pace of their own, which are worth trying whatever became of others.
 */
export type KakaoLane = 'visitor' | 'background' | 'unguarded'

/**
 * Whether a host is called.
 *
 * - `closed`: it is. `open`: it failed five times in a row and is left alone for five seconds.
 * - `half_open`: those are over, and the next call tries, or is trying.
 */
export type KakaoBreakerState = 'closed' | 'open' | 'half_open'

/** How a request ended, for the breaker. `unknown`: nobody waited for its end, or not for long. */
export type RequestEnd = 'answered' | 'failed' | 'unknown'
