import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runDaemunIn } from '../_support/command.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-keys-'))
  await runDaemunIn({ folder, environment: {} }, 'migrate')
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test.each([[[]], [['--now']]])(
  'keys rotate %j prints the name of the next key',
  async (options) => {
    const [one, other] = [
      await runDaemunIn({ folder, environment: {} }, 'keys', 'rotate', ...options),
      await runDaemunIn({ folder, environment: {} }, 'keys', 'rotate', ...options),
    ]
    expect(one).toEqual({ code: 0, stdout: expect.stringMatching(/^[\w-]{12}\n$/), stderr: '' })
    expect(other).toMatchObject({ code: 0 })
    expect(other.stdout).not.toBe(one.stdout)
  },
)
