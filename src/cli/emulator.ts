import { isIPv6 } from 'node:net'
import { EMULATOR_PORT, loadEmulatorConfig } from '../config/index.ts'
import { type EmulatorSeed, readSeed, SeedError } from '../emulator/index.ts'
import { readTextFile } from '../read-text-file.ts'
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
  process.stderr.write(`\n  Kakao emulator   ${toOrigin(host, port)}/_emulator/\n\n`)
  return await untilStopped(stopSignal, [listener])
}

/** Where browsers of this machine find it. */
function toOrigin(host: string, port: number): string {
  const isLocal = /^(127\.0\.0\.1|0\.0\.0\.0|::1?)$/.test(host)
  const name = isIPv6(host) ? `[${host}]` : host
  return `http://${isLocal ? 'localhost' : name}:${port}`
}

function readPort(text = String(EMULATOR_PORT)): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) throw new UsageError('--port: must be from 1 to 65535')
  return port
}

async function readSeedFile(path: string): Promise<EmulatorSeed> {
  const text = await readTextFile(path).catch((error: unknown) => {
    throw new UsageError(`--seed: ${path} ${toReason(error)}`)
  })
  try {
    return await readSeed(text)
  } catch (error) {
    if (!(error instanceof SeedError)) throw error
    throw new UsageError(error.problems.map((line) => `--seed: ${line}`).join('\n'))
  }
}

function toReason(error: unknown): string {
  if (error instanceof TypeError) return 'is not UTF-8 text'
  return `cannot be read (${(error as NodeJS.ErrnoException).code})`
}
