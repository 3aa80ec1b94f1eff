import { readTextFile } from '../read-text-file.ts'
import { ConfigError } from './config-error.ts'
import { type EnvFile, parseEnvFile } from './env-file.ts'
import type { Environment } from './reader.ts'

/** The environment and what a `.env` file adds to it. */
export interface LoadedEnvironment {
  readonly values: Environment
  /** What is wrong with how a variable is written in the file, by its name. */
  readonly faults: ReadonlyMap<string, string>
}

/**
 * Joins a `.env` file, where there is one, with the process environment, which beats it. An empty
 * variable is as good as unset, and beats nothing.
 *
 * @throws {ConfigError} The file is there and cannot be read.
 */
export async function loadEnvironment(
  path: string,
  environment: Environment,
): Promise<LoadedEnvironment> {
  const file = parseEnvFile(await readEnvFile(path))
  const given = new Map(Object.entries(environment).filter(([, value]) => value?.trim()))
  return {
    values: { ...Object.fromEntries(file.values), ...Object.fromEntries(given) },
    faults: withoutBeaten(file, given),
  }
}

function withoutBeaten({ faults }: EnvFile, given: ReadonlyMap<string, unknown>) {
  return new Map([...faults].filter(([name]) => !given.has(name)))
}

async function readEnvFile(path: string): Promise<string> {
  try {
    return await readTextFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return ''
    const problem =
      error instanceof TypeError ? 'is not UTF-8 text' : `is there and cannot be read (${code})`
    throw new ConfigError([{ variable: path, problem }])
  }
}
