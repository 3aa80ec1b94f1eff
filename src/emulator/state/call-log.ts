const WINDOW_MS = 60 * 1000

/** Counts calls per app and minute. */
export interface CallLog {
  /** Notes a call, unless there were too many within the last minute. @returns Whether it may go on. */
  admit(appId: number, most: number, now: Date): boolean
}

export function createCallLog(): CallLog {
  const calls = new Map<number, Date[]>()

  return {
    admit(appId, most, now) {
      const recent = (calls.get(appId) ?? []).filter(
        (at) => now.getTime() - at.getTime() < WINDOW_MS,
      )
      const admitted = recent.length < most
      calls.set(appId, admitted ? [...recent, now] : recent)
      return admitted
    },
  }
}
