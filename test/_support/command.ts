import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { NEEDED_ENVIRONMENT } from './needed-environment.ts'

const CLI = resolve(import.meta.dirname, '../../src/cli.ts')

/** What a command that ends by itself left behind. */
export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Where a command runs, and what it knows. */
export interface Surroundings {
  readonly folder?: string
  /** Beside what every process needs. Without it, all that this process knows. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs `daemun` with these arguments to its end. */
export function runDaemun(...args: readonly string[]): Promise<CommandResult> {
  return runDaemunIn({}, ...args)
}

/** Runs `daemun` somewhere else, to its end. */
export function runDaemunIn(
  { folder, environment }: Surroundings,
  ...args: readonly string[]
): Promise<CommandResult> {
  const options = {
    ...(folder !== undefined && { cwd: folder }),
    env: { ...NEEDED_ENVIRONMENT, ...(environment ?? process.env) },
  }
  return new Promise((settle) => {
    const child = execFile(process.execPath, [CLI, ...args], options, (_error, stdout, stderr) => {
      settle({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}
