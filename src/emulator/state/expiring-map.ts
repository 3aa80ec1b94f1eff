/**
 * A map whose entries end at an instant of their own. Each insertion sweeps what ended long ago from
 * its old end, so that an emulator that runs for weeks does not grow without bound.
 */
export interface ExpiringMap<Value extends { readonly expiresAt: Date }> {
  set(key: string, value: Value, now: Date): void
  /** The live entry. */
  find(key: string, now: Date): Value | undefined
  /** Whether there was such an entry that has expired but is not swept yet. */
  hasExpired(key: string, now: Date): boolean
  delete(key: string): void
  /** Deletes what a test says. */
  deleteWhere(test: (value: Value) => boolean): void
  /** How many live entries a test says yes to. */
  countLive(test: (value: Value) => boolean, now: Date): number
}

/** How long an expired entry is still told apart from one that never was. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000

export function createExpiringMap<
  Value extends { readonly expiresAt: Date },
>(): ExpiringMap<Value> {
  const entries = new Map<string, Value>()

  return {
    find(key, now) {
      const value = entries.get(key)
      return value !== undefined && value.expiresAt > now ? value : undefined
    },

    set(key, value, now) {
      sweep(entries, now.getTime() - REMEMBERED_MS)
      entries.set(key, value)
    },

    hasExpired(key, now) {
      const value = entries.get(key)
      return value !== undefined && value.expiresAt <= now
    },

    delete: (key) => void entries.delete(key),

    deleteWhere(test) {
      for (const [key, value] of entries) if (test(value)) entries.delete(key)
    },

    countLive: (test, now) =>
      [...entries.values()].filter((value) => value.expiresAt > now && test(value)).length,
  }
}

/** A map keeps the order of insertion, so those that end first stand first, or nearly so. */
function sweep(entries: Map<string, { readonly expiresAt: Date }>, beforeMs: number): void {
  for (const [key, { expiresAt }] of entries) {
    if (expiresAt.getTime() >= beforeMs) return
    entries.delete(key)
  }
}
