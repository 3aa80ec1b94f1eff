import { expect } from 'vitest'
import { Browser } from '../../_support/browser.ts'
import { APP, type World } from '../../_support/world.ts'

export const HEARS = 'sessions are checked from memory: other instances can be heard'
export const DEAF = 'sessions are checked in the store: other instances are not heard'

/** A beat is sent each second, and machines are busy. */
export const PATIENT = { timeout: 20_000 }

/** How often an instance has said that it hears others, or does not. */
export function countLines(world: World, message: string): number {
  return world.log.filter(({ msg }) => msg === message).length
}

/** Waits until an instance hears the others; on SQLite it looks for itself. */
export async function untilHearing(world: World, times = 1): Promise<void> {
  if (world.storeUrl.startsWith('sqlite:')) return
  await expect.poll(() => countLines(world, HEARS), PATIENT).toBe(times)
}

/** The same browser, led to another instance. */
export function leadTo(world: World, { cookies }: Browser): Browser {
  return new Browser(world.daemun.fetch, APP, new Map(cookies))
}
