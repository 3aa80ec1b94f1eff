import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { NEEDED_ENVIRONMENT } from './_support/needed-environment.ts'

const ROOT = resolve(import.meta.dirname, '_support/failing-suite')
const VITEST = resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs')

test('a run with a failing test exits with 1', async () => {
  const child = spawn(process.execPath, [VITEST, 'run', '--root', ROOT], {
    stdio: 'ignore',
    env: NEEDED_ENVIRONMENT,
  })
  expect(await once(child, 'exit')).toEqual([1, null])
}, 60_000)
