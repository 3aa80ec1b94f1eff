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
  explain CODE…             what an error code of Kakao means, such as KOE006 or -401

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
  const [command = 'serve', ...operands] = positionals
  if (values.help) return print(USAGE)
  if (values.version) return print(`${await readVersion()}\n`)
  const unexpected = operands[MOST_OPERANDS[command] ?? 0]
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
      return await (await import('./keys.ts')).runKeys(operands[0], values)
    case 'explain':
      return await (await import('./explain.ts')).runExplain(operands)
    default:
      throw new UsageError(`daemun: no command ${command}; try daemun --help`)
  }
}

/** How many words may follow a command; none where it is not named. */
const MOST_OPERANDS: Readonly<Record<string, number>> = {
  keys: 1,
  explain: Number.POSITIVE_INFINITY,
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
      args: withoutNegatives(argv),
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

/** A number such as `-401` is a code of Kakao and no option: it goes where options have ended. */
function withoutNegatives(argv: readonly string[]): string[] {
  const isNegative = (argument: string) => /^-\d+$/.test(argument)
  const others = argv.filter((argument) => !isNegative(argument))
  return [...others, ...(others.includes('--') ? [] : ['--']), ...argv.filter(isNegative)]
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
