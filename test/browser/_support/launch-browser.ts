import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import { isBundledFor, type Machine, unpackChromium } from './bundled-chromium.ts'

export const NO_BROWSER =
  'no browser: install Google Chrome, or set BROWSER_PATH to a Chrome or Chromium'

/** As root, and in most containers, Chromium cannot sandbox itself. It sees our own pages only. */
const OPTIONS: LaunchOptions = { chromiumSandbox: false }

/**
 * Starts the browser that `BROWSER_PATH` names, else the one inside the npm package, else the
 * Chrome installed on this machine.
 *
 * @returns `undefined` where there is none, which happens only off Linux on x64.
 */
export async function launchBrowser(machine: Machine): Promise<Browser | undefined> {
  const path = process.env.BROWSER_PATH
  if (path) return await chromium.launch({ ...OPTIONS, executablePath: path })

  if (isBundledFor(machine)) {
    return await chromium.launch({ ...OPTIONS, ...(await unpackChromium()) })
  }
  return await launchInstalled()
}

async function launchInstalled(): Promise<Browser | undefined> {
  try {
    return await chromium.launch({ ...OPTIONS, channel: 'chrome' })
  } catch {
    process.stderr.write(`\n  THE BROWSER TESTS ARE SKIPPED: ${NO_BROWSER}\n\n`)
    return undefined
  }
}
