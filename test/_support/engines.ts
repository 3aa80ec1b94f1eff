import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import { openStore, type Store, type StoreOptions } from '../../src/db/index.ts'
import { NOON } from './clock.ts'

/** A database that the store tests run on. */
export interface TestEngine {
  readonly name: 'SQLite' | 'PostgreSQL'
  /** Makes an empty database. @returns Its `DATABASE_URL`. */
  createUrl(): Promise<string>
}

export const SQLITE: TestEngine = { name: 'SQLite', createUrl: async () => 'sqlite::memory:' }
export const POSTGRES: TestEngine = { name: 'PostgreSQL', createUrl: createPostgresSchema }

/** Every store test runs on both. */
export const ENGINES: readonly TestEngine[] = [SQLITE, POSTGRES]

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

/** A schema of its own is as good as a database of its own, and faster to have. */
async function createPostgresSchema(): Promise<string> {
  const url = inject('postgresUrl')
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create schema ${schema}`)
  await client.end()
  return `${url}?options=${encodeURIComponent(`-c search_path=${schema}`)}`
}
