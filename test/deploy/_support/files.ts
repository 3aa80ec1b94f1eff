import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')

/** The place of a file of the repository. */
export function toPath(name: string): string {
  return resolve(ROOT, name)
}

export function readText(name: string): string {
  return readFileSync(toPath(name), 'utf8')
}

/** @returns Whether a command is installed; where not, what is not tried is said loudly. */
export function hasCommand(command: string, args: readonly string[], untried: string): boolean {
  const isThere = spawnSync(command, args).status === 0
  if (!isThere) process.stderr.write(`\nSKIPPED: ${untried}: there is no ${command} here\n\n`)
  return isThere
}
