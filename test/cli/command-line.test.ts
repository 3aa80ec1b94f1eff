import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { runDaemun } from '../_support/command.ts'

test.each([['--help'], ['-h'], ['help'], ['help', 'serve'], ['serve', '--help']])(
  '%s %s tells every command',
  async (...args) => {
    const { code, stdout, stderr } = await runDaemun(...args)

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Usage: daemun COMMAND/)
    for (const command of [
      'serve',
      'emulator',
      'keys rotate',
      'webhooks dead',
      'audit export',
      'explain',
    ]) {
      expect(stdout).toContain(`\n  ${command} `)
    }
  },
)

test('--version tells the version of the package', async () => {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }

  expect(await runDaemun('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})

describe('what is not known is a usage error, in one line', () => {
  test.each([
    [['sevre'], 'daemun: no command sevre'],
    [['constructor'], 'daemun: no command constructor'],
    [[''], 'daemun: no command '],
    [['serve', 'extra'], 'daemun: unexpected extra'],
    [['emulator', '8001'], 'daemun: unexpected 8001'],
    [['keys', 'rotate', 'now'], 'daemun: unexpected now'],
    [['serve', '--port', '9000'], 'daemun serve: has no option --port'],
    [['--port', '9000'], 'daemun serve: has no option --port'],
    [['serve', '--seed', 'seed.yaml'], 'daemun serve: has no option --seed'],
    [['serve', '--now'], 'daemun serve: has no option --now'],
    [['emulator', '--now'], 'daemun emulator: has no option --now'],
    [['keys', 'rotate', '--auto'], 'daemun keys: has no option --auto'],
    [['explain', 'KOE006', '--auto'], 'daemun explain: has no option --auto'],
    [['serve', '--prot', '9000'], "daemun: Unknown option '--prot'"],
    [['emulator', '--port'], "daemun: Option '--port <value>' argument missing"],
    [['emulator', '--port', '--auto'], "daemun: Option '--port' argument is ambiguous"],
    [['serve', '--auto=no'], "daemun: Option '--auto' does not take an argument"],
  ])('%j', async (args, line) => {
    expect(await runDaemun(...args)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${line}; try daemun --help\n`,
    })
  })

  test.each([
    [['keys'], 'daemun keys: '],
    [['keys', 'turn'], 'daemun keys: '],
    [['emulator', '--port', '0'], '--port: '],
    [['emulator', '--port', '65536'], '--port: '],
    [['emulator', '--port', '8001x'], '--port: '],
    [['emulator', '--port', ''], '--port: '],
    [['emulator', '--seed', 'missing.yaml'], '--seed: '],
    [['emulator', '--seed', '.'], '--seed: '],
  ])('%j', async (args, beginning) => {
    const { code, stdout, stderr } = await runDaemun(...args)

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(new RegExp(`^${beginning}.+\\n$`))
  })
})
