import type { LimitsConfig } from '../config/index.ts'

/** Told that requests are being refused, and how many since the last time. */
export type OnFlood = (limit: keyof LimitsConfig, refused: number) => void

const EVERY_MS = 60_000

/**
 * Passes on that a limit refuses: at once, then at most once a minute, whatever the flood.
 *
 * @param now Milliseconds since 1970.
 * @returns To be called at each refusal.
 */
export function createNotice(
  onFlood: OnFlood,
  now: () => number,
): (limit: keyof LimitsConfig) => void {
  const told = new Map<keyof LimitsConfig, { at: number; refused: number }>()

  return (limit) => {
    const { at, refused } = told.get(limit) ?? { at: Number.NEGATIVE_INFINITY, refused: 0 }
    const isDue = Math.abs(now() - at) >= EVERY_MS
    told.set(limit, isDue ? { at: now(), refused: 0 } : { at, refused: refused + 1 })
    if (isDue) onFlood(limit, refused + 1)
  }
}
