import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  ConfigError,
  findLocalSecretKey,
  isPostgresUrl,
  isSqliteUrl,
  loadSecretKeys,
  namesSchema,
  SCHEMA_PROBLEM,
  type SecretKeys,
} from '../config/index.ts'
import {
  ImportError,
  importStore,
  isStoreUnavailable,
  StoreOpenError,
  toSqlitePath,
} from '../db/index.ts'
import { LOCAL_SECRET_PATH } from '../open-sealed-store.ts'
import { opensSecrets } from '../services.ts'
import { CommandFailedError } from './command-failed-error.ts'
import type { CommandOptions } from './options.ts'
import { UsageError } from './usage-error.ts'

const USE = 'daemun import sqlite:data/daemun.db --into postgres://…'
const NOT_ANALYZED = 'daemun import: all was moved; run ANALYZE on the target before you start\n'

/** `daemun import sqlite:… --into postgres://…`: moves all that a store holds into another one. */
export async function runImport(
  source: string | undefined,
  { into }: CommandOptions,
): Promise<number> {
  const addresses = readAddresses(source, into)
  const { secrets, advice } = await loadSecrets()
  try {
    const { counts, isAnalyzed } = await importStore({
      ...addresses,
      secrets,
      isOpened: async (db) => await opensSecrets(db, { secrets, randomBytes }),
      now: new Date(),
    })
    for (const [table, count] of counts) process.stdout.write(`${table}: ${count}\n`)
    process.stderr.write(isAnalyzed ? advice : advice + NOT_ANALYZED)
    return 0
  } catch (error) {
    throw describeFailure(error)
  }
}

function readAddresses(source: string | undefined, into: string | undefined) {
  const path = source === undefined || !isSqliteUrl(source) ? undefined : toSqlitePath(source)
  if (source === undefined || path === undefined) {
    throw new UsageError(`daemun import: the source is an SQLite file, as in ${USE}`)
  }
  if (into === undefined || !isPostgresUrl(into)) {
    throw new UsageError(`daemun import: --into is a PostgreSQL, as in ${USE}`)
  }
  if (namesSchema(into)) throw new UsageError(`daemun import: --into ${SCHEMA_PROBLEM}`)
  if (!existsSync(path)) throw new CommandFailedError('daemun import: the source is not there')
  return {
    source: { url: source, setting: 'the source' },
    target: { url: into, setting: '--into' },
  }
}

/** A service without `SECRET_KEY` keeps one beside its data, and takes it along by hand. */
async function loadSecrets(): Promise<{ secrets: SecretKeys; advice: string }> {
  const secrets = await loadSecretKeys('.env', process.env)
  if (secrets !== undefined) return { secrets, advice: '' }
  const kept = await findLocalSecretKey(LOCAL_SECRET_PATH)
  if (kept === undefined) {
    const problem = `is required, and nothing is kept in ${LOCAL_SECRET_PATH} either`
    throw new ConfigError([{ variable: 'SECRET_KEY', problem }])
  }
  const advice = `SECRET_KEY: on PostgreSQL, set it to what ${LOCAL_SECRET_PATH} holds\n`
  return { secrets: kept, advice }
}

function describeFailure(error: unknown): unknown {
  if (error instanceof ImportError && error.problem === 'secret') {
    return new ConfigError([{ variable: 'SECRET_KEY', problem: error.message }])
  }
  const why = explain(error)
  return why === undefined
    ? error
    : new CommandFailedError(`daemun import: ${why}`, { cause: error })
}

function explain(error: unknown): string | undefined {
  if (error instanceof ImportError) return error.message
  if (error instanceof StoreOpenError) {
    return error.reason === 'in_use' ? 'the source is in use: stop its server first' : error.message
  }
  // Of a database or a connection that failed on the way: all is as it was.
  const { code } = error as { code?: unknown }
  if (typeof code === 'string') return `it broke off, and moved nothing (${code})`
  return isStoreUnavailable(error) ? 'it broke off, and moved nothing' : undefined
}
