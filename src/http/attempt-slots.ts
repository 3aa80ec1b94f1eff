/** With which the names of all cookies for attempts begin. */
export const ATTEMPT_PREFIX = 'daemun_login_'

/**
 * The cookies that attempts may take. A fixed few, since logins that begin at once know nothing of
 * each other: with a name for each they would overflow the header that carries them, and nobody
 * would be left to clear it up.
 */
const SLOTS = ['1', '2', '3', '4', '5', '6'].map((number) => ATTEMPT_PREFIX + number)
/** Longer attempts, those with a long `next`, share the first few. */
const SHORT_BYTES = 720
const LONG_SLOTS = 3

export function isSlot(cookie: string): boolean {
  return SLOTS.includes(cookie)
}

export interface NewcomerToSlots {
  readonly bytes: number
  /** Counts logins: those that begin at once are given different slots. */
  readonly turn: number
}

/**
 * Chooses the cookie for a new attempt: a free one, else that of the attempt begun first.
 *
 * @param startedAt When the live attempts of this browser began, by their cookies.
 */
export function chooseSlot(
  startedAt: ReadonlyMap<string, number>,
  { bytes, turn }: NewcomerToSlots,
): string {
  const slots = bytes > SHORT_BYTES ? SLOTS.slice(0, LONG_SLOTS) : SLOTS
  const free = slots.filter((slot) => !startedAt.has(slot))
  return free[turn % free.length] ?? findOldest(slots, startedAt)
}

function findOldest(slots: readonly string[], startedAt: ReadonlyMap<string, number>): string {
  const since = (slot: string) => startedAt.get(slot) ?? 0
  return slots.reduce((oldest, slot) => (since(slot) < since(oldest) ? slot : oldest))
}
