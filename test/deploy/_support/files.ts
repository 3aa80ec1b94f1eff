import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'

const ROOT = resolve(import.meta.dirname, '../../..')

/** The place of a file of the repository. */
export function toPath(name: string): string {
  return resolve(ROOT, name)
}

export function readText(name: string): string {
  return readFileSync(toPath(name), 'utf8')
}

/** What the image sets in the environment. */
export function readImageEnvironment(): Record<string, string> {
  return readAssignments(readText('Dockerfile'), /^ENV (.+)$/gm)
}

/** What the systemd unit sets in the environment. */
export function readUnitEnvironment(): Record<string, string> {
  return readAssignments(readText('deploy/daemun.service'), /^Environment=(.+)$/gm)
}

function readAssignments(text: string, pattern: RegExp): Record<string, string> {
  const pairs = [...text.matchAll(pattern)].flatMap(([, line = '']) => line.split(' '))
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]))
}

/**
 * The example of settings with as much filled in as production needs, as it is handed on line by
 * line: what it leaves empty is set, and empty.
 */
export function readFilledExample(): Record<string, string> {
  return {
    ...(parseEnv(readText('.env.example')) as Record<string, string>),
    KAKAO_REST_API_KEY: '0123456789abcdef',
    KAKAO_REDIRECT_URI: 'https://login.example.com/oauth/kakao/login/callback/',
    SECRET_KEY: 'vX3mQ9kTz7LwB2nRf8HyC4sJd6PgA1eU5oKi0ZtN',
  }
}

/** @returns Whether a command is installed; where not, what is not tried is said loudly. */
export function hasCommand(command: string, args: readonly string[], untried: string): boolean {
  const isThere = spawnSync(command, args).status === 0
  if (!isThere) process.stderr.write(`\nSKIPPED: ${untried}: there is no ${command} here\n\n`)
  return isThere
}
