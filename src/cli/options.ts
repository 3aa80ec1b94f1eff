import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  auto: { type: 'boolean' },
  port: { type: 'string' },
  seed: { type: 'string' },
  now: { type: 'boolean' },
  status: { type: 'boolean' },
  to: { type: 'string' },
  into: { type: 'string' },
  all: { type: 'boolean' },
  since: { type: 'string' },
  until: { type: 'string' },
  user: { type: 'string' },
  action: { type: 'string' },
} as const

export type OptionName = keyof typeof OPTIONS

export interface CommandOptions {
  readonly auto?: boolean
  readonly port?: string
  readonly seed?: string
  readonly now?: boolean
  readonly status?: boolean
  readonly to?: string
  readonly into?: string
  readonly all?: boolean
  readonly since?: string
  readonly until?: string
  readonly user?: string
  readonly action?: string
}

export interface CommandLine {
  /** The command and what follows it. */
  readonly words: readonly string[]
  readonly options: CommandOptions & { readonly help?: boolean; readonly version?: boolean }
}

/** @throws {UsageError} No command has such an option, or its value is missing. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  try {
    const args = withoutNegatives(argv)
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: OPTIONS })
    return { words: positionals, options: values }
  } catch (error) {
    const [what] = (error instanceof Error ? error.message : 'bad arguments').split(/\.\s/)
    throw new UsageError(`daemun: ${what}; try daemun --help`)
  }
}

/** A number such as `-401` is a code of Kakao and no option: it goes where options have ended. */
function withoutNegatives(argv: readonly string[]): string[] {
  const isNegative = (argument: string) => /^-\d+$/.test(argument)
  const negatives = argv.filter(isNegative)
  if (negatives.length === 0) return [...argv]
  const others = argv.filter((argument) => !isNegative(argument))
  return [...others, ...(others.includes('--') ? [] : ['--']), ...negatives]
}
