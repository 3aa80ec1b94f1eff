import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { countHangul } from './hangul.ts'

const FOLDER = fileURLToPath(new URL('../../../test-results/screenshots/', import.meta.url))
const NARROWEST = 320
const TELEPHONE = 390
const DESK = 1280
const HEIGHT = 844

export type Scheme = 'light' | 'dark'

/**
 * Takes pictures of the page on the screen, as wide as a telephone and as a desk. On the way it
 * makes sure that nothing scrolls sideways on the narrowest of telephones and that all Hangul is
 * drawn by a font that has it.
 */
export type Shoot = (name: string, schemes?: readonly Scheme[]) => Promise<void>

/** @param language Goes into the file names. */
export function createCamera(page: Page, language: string): Shoot {
  async function shootAt(
    width: number,
    { name, colorScheme }: { name: string; colorScheme: Scheme },
  ) {
    const file = `${name}-${language}-${colorScheme}-${width}.png`
    await page.setViewportSize({ width, height: HEIGHT })
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: FOLDER + file, fullPage: true })
  }

  return async (name, schemes = ['light']) => {
    const { written, drawn } = await countHangul(page)
    expect(drawn, `Hangul of ${name}`).toBeGreaterThanOrEqual(written)
    expect(await measureWidth(page, NARROWEST), `width of ${name}`).toBe(NARROWEST)

    for (const colorScheme of schemes) await shootAt(TELEPHONE, { name, colorScheme })
    await shootAt(DESK, { name, colorScheme: 'light' })
  }
}

/** How much room the page takes; more than it has means that it scrolls sideways. */
async function measureWidth(page: Page, width: number): Promise<number> {
  await page.setViewportSize({ width, height: HEIGHT })
  return await page.evaluate<number>('document.documentElement.scrollWidth')
}
