/** A clock that stands still until told to go on. */
export interface Clock {
  readonly now: () => Date
  advance(milliseconds: number): void
}

export const NOON = new Date('2026-01-01T12:00:00Z')

export function createClock(start: Date = NOON): Clock {
  let milliseconds = start.getTime()
  return {
    now: () => new Date(milliseconds),
    advance(more) {
      milliseconds += more
    },
  }
}
