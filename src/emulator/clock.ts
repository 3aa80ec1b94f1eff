/** The emulator's time: the real one (or the one given), moved by hand. */
export interface Clock {
  now(): Date
  /**
   * Moves the time for good; a negative number moves it back.
   *
   * @throws {RangeError} The result would lie outside the years 1970 to 9999.
   */
  advance(seconds: number): void
  /** Takes back all moves. */
  reset(): void
}

const LAST_INSTANT = Date.UTC(9999, 11, 31)

export function createClock(realNow: () => Date): Clock {
  let offsetMs = 0

  return {
    now: () => new Date(realNow().getTime() + offsetMs),

    advance(seconds) {
      const moved = offsetMs + seconds * 1000
      const instant = realNow().getTime() + moved
      if (!(instant >= 0 && instant <= LAST_INSTANT)) {
        throw new RangeError('the time must stay between the years 1970 and 9999')
      }
      offsetMs = moved
    },

    reset() {
      offsetMs = 0
    },
  }
}

/** The instant so many seconds after another. */
export function secondsAfter(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000)
}

/** Seconds since 1970, as tokens write instants. */
export function toUnixSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000)
}

/** RFC 3339 in UTC without fractions, as Kakao writes instants. */
export function toTimestamp(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`
}
