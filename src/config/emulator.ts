import { readHost } from './host.ts'
import { loadPart } from './load-part.ts'
import type { Environment } from './reader.ts'

/** What an emulator alone takes from the environment. */
export interface EmulatorConfig {
  readonly host: string
}

/** @throws {ConfigError} It cannot be started with. */
export async function loadEmulatorConfig(
  path: string,
  environment: Environment,
): Promise<EmulatorConfig> {
  return await loadPart(path, environment, (reader) => ({ host: readHost(reader, '127.0.0.1') }))
}
