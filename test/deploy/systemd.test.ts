import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { hasCommand, readFilledExample, readText, readUnitEnvironment } from './_support/files.ts'

const ANALYZE = 'systemd-analyze'

test.skipIf(!hasCommand(ANALYZE, ['--version'], 'deploy/daemun.service was not verified'))(
  'systemd can read the unit, and finds it well shut in (skipped where there is none)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'daemun-unit-'))
    const unit = join(folder, 'daemun.service')
    // Where a machine has its node is its own affair.
    const text = readText('deploy/daemun.service').replace('/usr/bin/node', process.execPath)
    writeFileSync(unit, text)
    const verified = spawnSync(ANALYZE, ['verify', unit], { encoding: 'utf8' })
    const args = ['security', '--offline=true', '--threshold=20', unit]
    const security = spawnSync(ANALYZE, args, { encoding: 'utf8' })
    rmSync(folder, { recursive: true })

    expect([verified.status, verified.stderr]).toEqual([0, ''])
    // Of 10: at most 2.0.
    expect(security.stdout).toMatch(/Overall exposure level/)
    expect(security.status).toBe(0)
  },
)

test('it waits longer for the end than the end takes, and leaves a refusal to start alone', () => {
  const unit = readText('deploy/daemun.service')
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(10)
  expect(unit).toMatch(/^RestartPreventExitStatus=2$/m)
})

test('it goes on starting it, however long the store is away', () => {
  const [, beforeService = ''] =
    /^([\s\S]*)\[Service\]/.exec(readText('deploy/daemun.service')) ?? []
  // By default five starts within ten seconds are the last.
  expect(beforeService).toMatch(/^StartLimitIntervalSec=0$/m)
})

test('given .env.example filled in, it is in production, for a proxy of this machine alone', () => {
  const unit = { ...readUnitEnvironment(), PORT: '8002' }
  const config = readConfig({ ...unit, ...readFilledExample() })
  expect(config).toMatchObject({ production: true, host: '127.0.0.1', port: 8002 })
})
