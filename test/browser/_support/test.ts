import { expect, test as plain } from 'vitest'
import { launchBrowser, NO_BROWSER } from './launch-browser.ts'
import { serveWorld } from './served-world.ts'
import { createVisits } from './visits.ts'

/**
 * A test in a real browser: one browser for the file, a server and a Kakao for each test.
 *
 * Whatever a test visits, it fails where a page complains on the console, breaks its content
 * security policy, lacks a part, or asks anything of a third host.
 */
export const test = plain
  .extend('machine', { scope: 'worker' }, { platform: process.platform, arch: process.arch })
  .extend('browser', { scope: 'file' }, async ({ machine }, { onCleanup }) => {
    const browser = await launchBrowser(machine)
    onCleanup(async () => await browser?.close())
    return browser
  })
  /** What the server is set up with, beside the address of Kakao. */
  .extend('settings', (): Record<string, string> => ({}))
  .extend('world', async ({ browser, settings, skip }, { onCleanup }) => {
    if (browser === undefined) return skip(NO_BROWSER)
    const world = await serveWorld(settings)
    onCleanup(world.close)
    return world
  })
  .extend('arrive', async ({ browser, world, skip }, { onCleanup }) => {
    if (browser === undefined) return skip(NO_BROWSER)
    const visits = createVisits(browser, [world.appUrl, world.kakaoUrl, world.pageAppUrl])
    onCleanup(async () => {
      await visits.end()
      expect(visits.faults).toEqual([])
    })
    return visits.arrive
  })

/** For every `describe` of the suite: its tests share nothing but the browser, and mostly wait. */
export const SIDE_BY_SIDE = { concurrent: true }
