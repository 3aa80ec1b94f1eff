import { readFile } from 'node:fs/promises'
import { describe, expect } from 'vitest'
import { createCamera } from './_support/camera.ts'
import { NO_BROWSER } from './_support/launch-browser.ts'
import { startCommand } from './_support/started-command.ts'
import { pressKakao, see } from './_support/steps.ts'
import { test as plain } from './_support/test.ts'
import { KO } from './_support/words.ts'

const test = plain.extend('world', async ({ browser, skip }, { onCleanup }) => {
  if (browser === undefined) return skip(NO_BROWSER)
  const command = await startCommand()
  onCleanup(command.close)
  return command
})

describe('npm start, where nothing is set', () => {
  test('says where to click; the button there leads to the emulator; stops when told', async ({
    arrive,
    world,
  }) => {
    expect(world.banner).toContain(world.appUrl)
    expect(world.banner).toContain(world.kakaoUrl)

    const page = await arrive()
    await page.goto('/')
    await createCamera(page, 'ko')('0-first-run', ['light', 'dark'])
    await pressKakao(page)
    await see(page, KO.signIn)
    expect(page.url()).toContain(world.kakaoUrl)

    await page.goto('/')
    await page.getByRole('link', { name: world.kakaoUrl }).click()
    await see(page, KO.emulator)
    await createCamera(page, 'ko')('0-emulator')

    await page.context().close()
    expect(await world.stop()).toBe(0)
  })

  test('is the command that this suite runs', async () => {
    const path = new URL('../../package.json', import.meta.url)
    const { scripts } = JSON.parse(await readFile(path, 'utf8')) as { scripts: { start: string } }
    expect(scripts.start).toBe('node src/cli.ts serve')
  })
})
