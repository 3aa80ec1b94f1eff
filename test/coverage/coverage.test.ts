import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { toCoveragePage } from '../../tools/coverage-page.ts'
import { listCoverage } from '../../tools/coverage-rows.ts'

const ROOT = resolve(import.meta.dirname, '../..')

test('docs/kakao-coverage.md says what the code says; else run `npm run coverage`', async () => {
  const page = await readFile(resolve(ROOT, 'docs/kakao-coverage.md'), 'utf8')
  expect(page).toBe(toCoveragePage(listCoverage()))
})

test('every row is tested, or left out with its reason', () => {
  const bare = listCoverage()
    .flatMap(({ rows }) => rows)
    .filter(({ testFile, emulator }) => testFile === undefined && !/^left out: ./.test(emulator))
  expect(bare).toEqual([])
})

test('every test file proves the rows that name it', async () => {
  const files = new Set(
    listCoverage().flatMap(({ rows }) => rows.flatMap((row) => row.testFile ?? [])),
  )
  for (const file of files) {
    // The file takes its titles from the same rows, and has a test that none is missing.
    expect(await readFile(resolve(ROOT, file), 'utf8')).toContain('rowsOf(')
  }
})
