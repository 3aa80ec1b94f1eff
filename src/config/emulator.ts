import { ConfigError } from './config-error.ts'
import { loadEnvironment } from './environment.ts'
import { readHost } from './host.ts'
import { type Environment, EnvironmentReader } from './reader.ts'

/** What an emulator alone takes from the environment. */
export interface EmulatorConfig {
  readonly host: string
}

/** @throws {ConfigError} It cannot be started with. */
export async function loadEmulatorConfig(
  path: string,
  environment: Environment,
): Promise<EmulatorConfig> {
  const { values, faults } = await loadEnvironment(path, environment)
  const reader = new EnvironmentReader(values, faults)
  const host = readHost(reader, '127.0.0.1')
  if (reader.problems.length > 0) throw new ConfigError(reader.problems)
  return { host }
}
