import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadLocalSecretKey } from '../../src/config/index.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-secret-'))
  path = join(folder, 'data', 'secret-key')
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function refusal(): Promise<string> {
  return await loadLocalSecretKey(path).then(
    () => '',
    (error: Error) => `${error.name} ${error.message}`,
  )
}

test('the local secret is made once, for its owner alone, and found again', async () => {
  const made = await Promise.all([loadLocalSecretKey(path), loadLocalSecretKey(path)])

  expect(made[0]).toEqual(made[1])
  expect(await loadLocalSecretKey(path)).toEqual(made[0])
  expect(made[0][0].length).toBeGreaterThanOrEqual(64)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(folder, 'data'))).toEqual(['secret-key'])
  expect((await readFile(path, 'utf8')).trim()).toBe(made[0][0])
})

test('an empty secret file is refused rather than used', async () => {
  await mkdir(join(folder, 'data'))
  await writeFile(path, '\n')

  expect(await refusal()).toBe(
    `ConfigError SECRET_KEY: is not set, and the file kept instead, ${path}, is empty: remove it and start again`,
  )
})

test('a folder in its place is refused', async () => {
  await mkdir(path, { recursive: true })
  expect(await refusal()).toMatch(/^ConfigError SECRET_KEY: .* cannot be read \(EISDIR\)$/)
})

test('a file in the place of its folder is refused', async () => {
  await writeFile(join(folder, 'data'), '')
  expect(await refusal()).toMatch(/^ConfigError SECRET_KEY: .* cannot be read \(ENOTDIR\)$/)
})

test('a folder that cannot be made is refused', async () => {
  await symlink(join(folder, 'nowhere'), join(folder, 'data'))
  expect(await refusal()).toMatch(/^ConfigError SECRET_KEY: .* cannot be made \(E[A-Z]+\)$/)
})
