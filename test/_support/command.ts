import { execFile } from 'node:child_process'
import { resolve } from 'node:path'

const CLI = resolve(import.meta.dirname, '../../src/cli.ts')

/** What a command that ends by itself left behind. */
export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `daemun` with these arguments to its end. */
export function runDaemun(...args: readonly string[]): Promise<CommandResult> {
  return new Promise((settle) => {
    const child = execFile(process.execPath, [CLI, ...args], (_error, stdout, stderr) => {
      settle({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}
