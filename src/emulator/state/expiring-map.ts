/**
 * A map whose entries end at an instant of their own. What ended long ago is swept whenever the map
 * has doubled, so that an emulator that runs for weeks holds little more than what is live.
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

const FIRST_SWEEP_AT = 1000

/** @param rememberedMs How long an expired entry is told apart from one that never was. */
export function createExpiringMap<Value extends { readonly expiresAt: Date }>(
  rememberedMs = 0,
): ExpiringMap<Value> {
  const entries = new Map<string, Value>()
  let sweepAt = FIRST_SWEEP_AT

  function deleteWhere(test: (value: Value) => boolean): void {
    for (const [key, value] of entries) if (test(value)) entries.delete(key)
  }

  return {
    find(key, now) {
      const value = entries.get(key)
      return value !== undefined && value.expiresAt > now ? value : undefined
    },

    set(key, value, now) {
      entries.set(key, value)
      if (entries.size < sweepAt) return
      const endedBefore = now.getTime() - rememberedMs
      deleteWhere(({ expiresAt }) => expiresAt.getTime() <= endedBefore)
      sweepAt = Math.max(FIRST_SWEEP_AT, entries.size * 2)
    },

    hasExpired(key, now) {
      const value = entries.get(key)
      return value !== undefined && value.expiresAt <= now
    },

    delete: (key) => void entries.delete(key),
    deleteWhere,

    countLive: (test, now) =>
      [...entries.values()].filter((value) => value.expiresAt > now && test(value)).length,
  }
}
