import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { openStore, type Store, type StoreOptions } from '../../src/db/index.ts'
import { NOON } from './clock.ts'
import { createPostgresSchema } from './postgres-schema.ts'

/** A database that the store tests run on. */
export interface TestEngine {
  readonly name: 'SQLite' | 'PostgreSQL'
  /** Makes a database for a store, empty or with an empty store in it. @returns Its `DATABASE_URL`. */
  createUrl(): Promise<string>
}

export const SQLITE: TestEngine = { name: 'SQLite', createUrl: async () => 'sqlite::memory:' }
export const POSTGRES: TestEngine = {
  name: 'PostgreSQL',
  createUrl: async () =>
    await createPostgresSchema(inject('postgresUrl'), inject('migrationsScript')),
}

/** Every store test runs on both. */
export const ENGINES: readonly TestEngine[] = [SQLITE, POSTGRES]

export const BARE_POSTGRES: TestEngine = {
  ...POSTGRES,
  createUrl: async () => await createPostgresSchema(inject('postgresUrl')),
}

/** Those whose databases are empty for certain, for tests of the migrations. */
export const BARE_ENGINES: readonly TestEngine[] = [SQLITE, BARE_POSTGRES]

export async function openTestStore(engine: TestEngine): Promise<Store> {
  return await openStoreAt(await engine.createUrl())
}

export async function openStoreAt(
  url: string,
  options: Partial<StoreOptions> = {},
): Promise<Store> {
  return await openStore({
    url,
    poolSize: 10,
    timeoutMs: 10_000,
    onIdleError: () => {},
    now: () => NOON,
    ...options,
  })
}

/** A database that outlives the server which opened it. @returns Its `DATABASE_URL`. */
export async function createDurableUrl(engine: TestEngine): Promise<string> {
  if (engine.name === 'PostgreSQL') return await engine.createUrl()
  const folder = await mkdtemp(join(tmpdir(), 'daemun-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return `sqlite:${join(folder, 'daemun.db')}`
}
