import type { SecretKeys, StoreConfig } from './config.ts'
import { loadPart } from './load-part.ts'
import type { Environment } from './reader.ts'
import { readSecretKeys } from './secret-keys.ts'
import { readStoreConfig } from './store.ts'

/**
 * Reads what a command that works on the store alone takes from the environment.
 *
 * @throws {ConfigError}
 */
export async function loadStoreConfig(
  path: string,
  environment: Environment,
): Promise<StoreConfig> {
  return await loadPart(path, environment, readStoreConfig)
}

/**
 * Reads the secrets alone.
 *
 * @returns `undefined` where none is set: it is kept beside the data then.
 * @throws {ConfigError}
 */
export async function loadSecretKeys(
  path: string,
  environment: Environment,
): Promise<SecretKeys | undefined> {
  return await loadPart(path, environment, (reader) =>
    readSecretKeys(reader, { production: false, required: false }),
  )
}
