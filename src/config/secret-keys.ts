import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SecretKeys } from './config.ts'
import { ConfigError } from './config-error.ts'
import type { EnvironmentReader } from './reader.ts'

const LEAST_LENGTH = 32
const LEAST_DISTINCT_CHARACTERS = 10
/** Long enough that no random key holds one by chance. */
const EXAMPLE_WORDS =
  /change.?me|replace.?me|example|placeholder|secret.?key|your.?secret|password|insecure|0123456789|abcdefghij/i

export function readSecretKeys(
  reader: EnvironmentReader,
  { production, required }: { production: boolean; required: boolean },
): SecretKeys | undefined {
  const variable = 'SECRET_KEY'
  const [first, ...others] = reader.list(variable)
  if (first === undefined) {
    if (required) reader.report(variable, 'is required in production and on PostgreSQL')
    return undefined
  }

  const keys: SecretKeys = [first, ...others]
  if (production && keys.some((key) => key.length < LEAST_LENGTH)) {
    reader.report(variable, `must have ${LEAST_LENGTH} characters or more in production`)
  } else if (production && keys.some(looksLikeAnExample)) {
    reader.report(variable, 'must be random: it looks like an example')
  }
  return keys
}

function looksLikeAnExample(key: string): boolean {
  return EXAMPLE_WORDS.test(key) || new Set(key).size < LEAST_DISTINCT_CHARACTERS
}

/**
 * Reads the secret kept beside the data, or makes one (mode 0600) at the first start.
 *
 * The file appears whole or not at all: of two processes starting at once, both read the same.
 *
 * @throws {ConfigError} It can be neither read nor made.
 */
export async function loadLocalSecretKey(path: string): Promise<SecretKeys> {
  return (await findLocalSecretKey(path)) ?? (await createSecretKey(path))
}

function toConfigError(path: string, failure: string): ConfigError {
  const problem = `is not set, and the file kept instead, ${path}, ${failure}`
  return new ConfigError([{ variable: 'SECRET_KEY', problem }])
}

/**
 * Reads the secret kept beside the data, where there is one.
 *
 * @throws {ConfigError} It cannot be read.
 */
export async function findLocalSecretKey(path: string): Promise<SecretKeys | undefined> {
  const key = await readKeyFile(path)
  if (key === '') throw toConfigError(path, 'is empty: remove it and start again')
  return key === undefined ? undefined : [key]
}

async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw toConfigError(path, `cannot be read (${codeOf(error)})`)
  }
}

async function createSecretKey(path: string): Promise<SecretKeys> {
  try {
    await writeKeyFile(path)
  } catch (error) {
    throw toConfigError(path, `cannot be made (${codeOf(error)})`)
  }
  return await loadLocalSecretKey(path)
}

async function writeKeyFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600 })
  try {
    await link(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
