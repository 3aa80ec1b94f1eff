import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { NEEDED_ENVIRONMENT } from '../../_support/needed-environment.ts'

const CLI = resolve(import.meta.dirname, '../../../src/cli.ts')

/** `daemun emulator` in a process of its own. */
export interface StartedEmulator {
  /** What it said once it listened. */
  readonly banner: string
  stop(): Promise<void>
}

export interface EmulatorProcess {
  readonly folder: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Starts it and waits until it listens, or has ended. */
export async function startEmulator(options: EmulatorProcess): Promise<StartedEmulator> {
  const child = spawn(process.execPath, [CLI, 'emulator', ...options.args], {
    cwd: options.folder,
    env: { ...NEEDED_ENVIRONMENT, ...options.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exit = once(child, 'exit')
  let banner = ''
  for await (const chunk of child.stderr.iterator({ destroyOnReturn: false })) {
    banner += String(chunk)
    if (banner.includes('_emulator')) break
  }
  return {
    banner,
    async stop() {
      child.kill('SIGTERM')
      await exit
    },
  }
}
