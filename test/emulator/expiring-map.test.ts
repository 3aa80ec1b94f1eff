import { expect, test } from 'vitest'
import { createExpiringMap } from '../../src/emulator/state/expiring-map.ts'
import { NOON } from '../_support/clock.ts'

const HOUR_MS = 3_600_000

/** Fills a map for a year, an entry an hour. @returns How many it holds at the end. */
function fillForAYear(liveHours: (hour: number) => number, rememberedMs = 0): number {
  const map = createExpiringMap<{ expiresAt: Date }>(rememberedMs)
  for (let hour = 0; hour < 365 * 24; hour += 1) {
    const now = NOON.getTime() + hour * HOUR_MS
    map.set(String(hour), { expiresAt: new Date(now + liveHours(hour) * HOUR_MS) }, new Date(now))
  }
  let held = 0
  map.deleteWhere(() => {
    held += 1
    return false
  })
  return held
}

test('a map of what expires does not grow with time', () => {
  expect(fillForAYear(() => 6)).toBeLessThan(1000)
})

test('one entry that stays long keeps no other from being swept', () => {
  expect(fillForAYear((hour) => (hour === 0 ? 1e6 : 6))).toBeLessThan(1000)
})

test('holds at most twice what is live or remembered', () => {
  expect(fillForAYear(() => 1000, 500 * HOUR_MS)).toBeLessThan(3001)
})

test('tells what has expired from what never was for as long as it was told to', () => {
  const map = createExpiringMap<{ expiresAt: Date }>(HOUR_MS)
  map.set('a', { expiresAt: NOON }, NOON)
  expect(map.find('a', NOON)).toBeUndefined()
  expect(map.hasExpired('a', NOON)).toBe(true)
  expect(map.hasExpired('b', NOON)).toBe(false)
})
