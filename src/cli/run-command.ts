import { parseArgs } from 'node:util'
import { ConfigError } from '../config/index.ts'
import { ListenError } from './listen.ts'
import { UsageError } from './usage-error.ts'

const USAGE = `Usage: daemun COMMAND [options]

Commands:
  serve                     the login server (default); without a key, the emulator beside it
      --auto                the emulator beside it shows no pages and agrees to everything
  emulator                  a local Kakao alone
      --port 8001           where it listens
      --auto                no pages: everything offered is agreed to, the redirect comes at once
      --seed FILE           apps and people, as JSON or YAML
  keys rotate               makes the next signing key and prints its name; it signs in ten minutes
      --now                 it signs at once

Options:
  --help, --version

Settings come from the environment and from a .env file; see .env.example.
`

/**
 * Runs one command until it ends.
 *
 * @returns The exit code: 0, 1 when something failed, 2 when it was asked for wrongly.
 */
export async function runCommand(argv: readonly string[]): Promise<number> {
  try {
    return await dispatch(argv)
  } catch (error) {
    const lines = describeRefusal(error)
    if (lines === undefined) throw error
    process.stderr.write(`${lines}\n`)
    return 2
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(argv)
  const [command = 'serve', action, ...rest] = positionals
  if (values.help) return print(USAGE)
  if (values.version) return print(`${await readVersion()}\n`)
  const unexpected = command === 'keys' ? rest[0] : action
  if (unexpected !== undefined) {
    throw new UsageError(`daemun: unexpected ${unexpected}; try daemun --help`)
  }

  // Each command loads only what it needs.
  switch (command) {
    case 'serve':
      return await (await import('./serve.ts')).serve(values)
    case 'emulator':
      return await (await import('./emulator.ts')).runEmulator(values)
    case 'keys':
      return await (await import('./keys.ts')).runKeys(action, values)
    default:
      throw new UsageError(`daemun: no command ${command}; try daemun --help`)
  }
}

export interface CommandOptions {
  readonly auto?: boolean
  readonly port?: string
  readonly seed?: string
  readonly now?: boolean
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        auto: { type: 'boolean' },
        port: { type: 'string' },
        seed: { type: 'string' },
        now: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError(`daemun: ${error instanceof Error ? error.message : 'bad arguments'}`)
  }
}

function describeRefusal(error: unknown): string | undefined {
  const isOurs =
    error instanceof UsageError || error instanceof ConfigError || error instanceof ListenError
  return isOurs ? error.message : undefined
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

async function readVersion(): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  const file = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}
