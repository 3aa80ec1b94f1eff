import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClock } from './clock.ts'
import type { TestEngine } from './engines.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

/** One store, and instances of our server on it, with one clock. */
export interface SharedStore {
  /** Its `DATABASE_URL`. */
  readonly url: string
  open(options?: WorldOptions): Promise<World>
  /** Closes what was opened, and removes the store. */
  close(): Promise<void>
}

export async function createSharedStore(engine: TestEngine): Promise<SharedStore> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-shared-'))
  const DATABASE_URL = await createSharedUrl(engine, folder)
  const clock = createClock()
  const worlds: World[] = []

  return {
    url: DATABASE_URL,

    async open(options = {}) {
      const environment = { DATABASE_URL, ...options.environment }
      const world = await createWorld({ clock, ...options, environment })
      worlds.push(world)
      return world
    },

    async close() {
      await Promise.all(worlds.map((world) => world.close()))
      await rm(folder, { recursive: true })
    },
  }
}

/** @returns A `DATABASE_URL` that several may open: an SQLite in memory would be alone. */
export async function createSharedUrl(engine: TestEngine, folder: string): Promise<string> {
  return engine.name === 'SQLite' ? `sqlite:${join(folder, 'shared.db')}` : await engine.createUrl()
}
