import { readFile } from 'node:fs/promises'
import { EMULATOR_PORT, loadEmulatorConfig } from '../config/index.ts'
import { type EmulatorSeed, readSeed, SeedError } from '../emulator/index.ts'
import type { CommandOptions } from './options.ts'
import { serveEmulator } from './serve-emulator.ts'
import { nextStopSignal, untilStopped } from './until-stopped.ts'
import { UsageError } from './usage-error.ts'

/** `daemun emulator`: a local Kakao alone, for any service in any language. */
export async function runEmulator(options: CommandOptions): Promise<never> {
  const { host } = await loadEmulatorConfig('.env', process.env)
  const port = readPort(options.port)
  const seed = options.seed === undefined ? undefined : await readSeedFile(options.seed)

  const stopSignal = nextStopSignal()
  const listener = await serveEmulator({
    host,
    port,
    setting: '--port',
    auto: options.auto ?? false,
    ...(seed && { seed }),
  })
  process.stderr.write(`\n  Kakao emulator   http://localhost:${port}/_emulator/\n\n`)
  return await untilStopped(stopSignal, [listener])
}

function readPort(text = String(EMULATOR_PORT)): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) throw new UsageError('--port: must be from 1 to 65535')
  return port
}

async function readSeedFile(path: string): Promise<EmulatorSeed> {
  try {
    return await readSeed(await readFile(path, 'utf8'))
  } catch (error) {
    const lines = error instanceof SeedError ? error.problems : [`${path} cannot be read`]
    throw new UsageError(lines.map((line) => `--seed: ${line}`).join('\n'))
  }
}
