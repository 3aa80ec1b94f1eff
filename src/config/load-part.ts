import { ConfigError } from './config-error.ts'
import { loadEnvironment } from './environment.ts'
import { type Environment, EnvironmentReader } from './reader.ts'

/**
 * Reads what a command that is no server needs to know, and nothing else.
 *
 * @param path Of a `.env` file, where there is one; the environment beats it.
 * @throws {ConfigError} With every problem of that part.
 */
export async function loadPart<Part>(
  path: string,
  environment: Environment,
  read: (reader: EnvironmentReader) => Part,
): Promise<Part> {
  const { values, faults } = await loadEnvironment(path, environment)
  const reader = new EnvironmentReader(values, faults)
  const part = read(reader)
  if (reader.problems.length > 0) throw new ConfigError(reader.problems)
  return part
}
