import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import type { Environment } from './reader.ts'

/**
 * Joins a `.env` file, where there is one, with the process environment, which beats it. An empty
 * variable is as good as unset and beats nothing.
 */
export async function loadEnvironment(
  path: string,
  environment: Environment,
): Promise<Environment> {
  const given = Object.entries(environment).filter(([, value]) => value?.trim())
  return { ...(await readEnvFile(path)), ...Object.fromEntries(given) }
}

async function readEnvFile(path: string): Promise<Environment> {
  try {
    return parseEnv(await readFile(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}
