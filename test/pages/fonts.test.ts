import { expect, test } from 'vitest'
import { FONT_PATHS, homePage, readFont } from '../../src/pages/index.ts'

test.each(['regular', 'semibold'] as const)('the %s font is a woff2 file', async (name) => {
  const bytes = await readFont(name)

  expect(new TextDecoder().decode(bytes?.subarray(0, 4))).toBe('wOF2')
})

test('the two fonts differ', async () => {
  expect(await readFont('regular')).not.toEqual(await readFont('semibold'))
})

test.each(Object.values(FONT_PATHS))('the pages name %s', async (path) => {
  const page = await homePage({
    language: 'ko',
    loginUrl: '/login/',
    logoutUrl: '/logout/',
    withdrawUrl: '/me/withdraw/',
  })

  expect(String(page)).toContain(`url('${path}') format('woff2')`)
})
