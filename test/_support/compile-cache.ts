import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder for `NODE_COMPILE_CACHE`. */
    compileCache: string
  }
}

/** Has servers and commands compiled once in a run rather than each time that one is started. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-compile-cache-'))
  project.provide('compileCache', folder)
  // Whoever was killed late may still be writing there.
  return async () => await rm(folder, { recursive: true, force: true, maxRetries: 10 })
}
