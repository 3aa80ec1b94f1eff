import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Has servers and commands compiled once in a run rather than each time that one is started. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-compile-cache-'))
  process.env.NODE_COMPILE_CACHE = folder
  return async () => await rm(folder, { recursive: true, force: true })
}
