import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadEnvironment, loadLocalSecretKey } from '../../src/config/index.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-config-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('the environment beats the file, but an empty variable beats nothing', async () => {
  const file = join(folder, '.env')
  await writeFile(file, 'PORT=9000\nHOST="0.0.0.0" # everywhere\nLOG_LEVEL=debug\n')

  const environment = await loadEnvironment(file, { PORT: '7000', HOST: '' })

  expect(environment).toEqual({ PORT: '7000', HOST: '0.0.0.0', LOG_LEVEL: 'debug' })
})

test('a missing file is no file', async () => {
  expect(await loadEnvironment(join(folder, '.env'), { PORT: '7000' })).toEqual({ PORT: '7000' })
})

test('the local secret is made once, for its owner alone, and found again', async () => {
  const path = join(folder, 'data', 'secret-key')

  const made = await Promise.all([loadLocalSecretKey(path), loadLocalSecretKey(path)])

  expect(made[0]).toEqual(made[1])
  expect(await loadLocalSecretKey(path)).toEqual(made[0])
  expect(made[0][0].length).toBeGreaterThanOrEqual(64)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(folder, 'data'))).toEqual(['secret-key'])
  expect((await readFile(path, 'utf8')).trim()).toBe(made[0][0])
})

test('an empty secret file is refused rather than used', async () => {
  const path = join(folder, 'secret-key')
  await writeFile(path, '\n')

  await expect(loadLocalSecretKey(path)).rejects.toThrow('is empty')
})
