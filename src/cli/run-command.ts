import { ConfigError } from '../config/index.ts'
import { StoreOpenError } from '../db/open-error.ts'
import { CommandFailedError } from './command-failed-error.ts'
import { COMMANDS, type Command } from './commands.ts'
import { ListenError } from './listen.ts'
import { type CommandOptions, readCommandLine } from './options.ts'
import { UsageError } from './usage-error.ts'

const USAGE = `Usage: daemun COMMAND [options]

Commands:
  serve                     the login server (default), on HOST and PORT; without a key, with the
                            emulator beside it
      --auto                the emulator beside it shows no pages and agrees to everything
  emulator                  a local Kakao alone, on HOST
      --port 8001           where it listens
      --auto                no pages: everything offered is agreed to, the redirect comes at once
      --seed FILE           apps and people, as JSON or YAML
  keys rotate               makes the next signing key and prints its name; it signs in ten minutes
      --now                 it signs at once
  keys reseal               puts all that is sealed under the first key of SECRET_KEY, now
  migrate                   brings the store's schema up to date; serve does so by itself
      --status              only says how far it is, as JSON
      --to N                as far as this step
  backup FILE               copies the SQLite database, beside a running server
  import sqlite:PATH        moves all that an SQLite store holds into PostgreSQL, its server stopped
      --into postgres://…   the target, without users
  reconcile                 compares all links with Kakao now; it also happens once a day
  webhooks dead             events that never arrived, as JSON lines
  webhooks resend ID…       sends them again; with --all each of them
  audit export              who did what, as JSON lines, the oldest first
      --since, --until      from an instant on, up to before one: 2026-01-31 or 2026-01-31T09:00:00Z
      --user, --action      of one user alone, such as usr_…; of one kind alone: user.signed_in
  explain CODE…             what an error code of Kakao means, such as KOE006 or -401

Options:
  --help, --version         also: daemun help

Settings come from the environment and from a .env file; see .env.example.
`
const TRY_HELP = 'try daemun --help'

/**
 * Runs one command until it ends.
 *
 * @returns The exit code: 0, 1 when something failed, 2 when it was asked for wrongly.
 */
export async function runCommand(argv: readonly string[]): Promise<number> {
  try {
    return await dispatch(argv)
  } catch (error) {
    if (!isOurs(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return exitCodeOf(error)
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  const { words, options } = readCommandLine(argv)
  const { help, version, ...others } = options
  const [name = 'serve', ...operands] = words
  if (help || name === 'help') return print(USAGE)
  if (version) return print(`${await readVersion()}\n`)

  const command = COMMANDS.get(name)
  if (command === undefined) throw new UsageError(`daemun: no command ${name}; ${TRY_HELP}`)
  checkUse(name, command, { operands, options: others })
  return await command.run(operands, others)
}

interface Use {
  readonly operands: readonly string[]
  readonly options: CommandOptions
}

/** What a command does not know is never passed over: somebody meant something by it. */
function checkUse(name: string, command: Command, { operands, options }: Use): void {
  const operand = operands[command.operands]
  if (operand !== undefined) throw new UsageError(`daemun: unexpected ${operand}; ${TRY_HELP}`)

  const known: readonly string[] = command.options
  const option = Object.keys(options).find((given) => !known.includes(given))
  if (option !== undefined) {
    throw new UsageError(`daemun ${name}: has no option --${option}; ${TRY_HELP}`)
  }
}

const OURS = [UsageError, ConfigError, ListenError, StoreOpenError, CommandFailedError]

function isOurs(error: unknown): error is Error {
  return OURS.some((ours) => error instanceof ours)
}

/** Of a refusal: 1 where what was asked for is right and may go well another time. */
function exitCodeOf(error: Error): number {
  const isAway = error instanceof StoreOpenError && error.reason !== 'setting'
  return isAway || error instanceof CommandFailedError ? 1 : 2
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
